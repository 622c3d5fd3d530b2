"""Law rows get a review, a kind and the end of their base; what is printed is a field of its own.

What stands as an adoption and names no decision ("áp dụng trực tiếp toàn quốc") moves to the note,
and what nobody has read is no longer called verified.
"""

from django.db import migrations, models

MEND_ROWS = r"""
UPDATE infra_regulationlimit
SET note = concat_ws(E'\n', nullif(note, ''), 'Trước đây ghi ở mục áp dụng: ' || adopted_by),
    adopted_by = ''
WHERE adopted_by <> '' AND adopted_by !~* '\d+\s*(/\d{4})?/QĐ-';
UPDATE infra_regulationlimit
SET review_on = '2025-07-01', ask = 'Cục Viễn thông, Bộ Khoa học và Công nghệ'
WHERE code = 'planning-paused' AND instrument = 'Công văn 724/BKHCN-CVT';
UPDATE infra_regulationlimit
SET confidence = 'unverified', base_ended_on = '2024-12-24', base_end_inferred = true,
    review_on = '2024-12-24', ask = 'Cục Viễn thông, Bộ Khoa học và Công nghệ'
WHERE code LIKE 'mast.a1a.%' AND instrument = 'TTLT 15/2016/TTLT-BXD-BTTTT';
UPDATE infra_regulationlimit
SET confidence = 'unverified', label = 'Chiều cao phải hỏi về văn bản chấp thuận độ cao',
    citation = 'Điều về công trình phải được chấp thuận độ cao: chưa đọc',
    review_on = '2026-11-24', ask = 'Cục Tác chiến, Bộ Tổng Tham mưu'
WHERE code = 'height-approval' AND instrument = 'NĐ 32/2016/NĐ-CP';
"""


class Migration(migrations.Migration):
    dependencies = [("infra", "0016_sound_geometry")]

    operations = [
        *(
            operation
            for model in ("procedure", "regulationlimit")
            for operation in (
                migrations.AddField(
                    model_name=model,
                    name="ask",
                    field=models.CharField(
                        blank=True, max_length=200, verbose_name="person or office to ask"
                    ),
                ),
                migrations.AddField(
                    model_name=model,
                    name="review_on",
                    field=models.DateField(blank=True, null=True, verbose_name="review on"),
                ),
            )
        ),
        migrations.AddField(
            model_name="procedure",
            name="printed_basis",
            field=models.CharField(
                blank=True,
                help_text="What receipts print after the procedure's name; empty: nothing.",
                max_length=300,
                verbose_name="basis as printed",
            ),
        ),
        migrations.AlterField(
            model_name="procedure",
            name="legal_basis",
            field=models.TextField(
                help_text="For the office; never printed.",
                verbose_name="legal basis, and notes on it",
            ),
        ),
        migrations.AddField(
            model_name="regulationlimit",
            name="base_ended_on",
            field=models.DateField(blank=True, null=True, verbose_name="its base ended on"),
        ),
        migrations.AddField(
            model_name="regulationlimit",
            name="base_end_inferred",
            field=models.BooleanField(default=False, verbose_name="that end is inferred"),
        ),
        migrations.AddField(
            model_name="regulationlimit",
            name="kind",
            field=models.CharField(
                choices=[
                    ("regulation", "Regulation or standard"),
                    ("plausibility", "Plausibility: beyond it a form asks again"),
                ],
                default="regulation",
                max_length=15,
                verbose_name="kind",
            ),
        ),
        migrations.AlterField(
            model_name="regulationlimit",
            name="adopted_by",
            field=models.CharField(
                blank=True,
                help_text="Number of the department's or the provincial committee's decision, "
                "such as 12/QĐ-SKHCN. That an act holds in the whole country is no adoption.",
                max_length=200,
                verbose_name="adopted by",
            ),
        ),
        migrations.AlterField(
            model_name="regulationlimit",
            name="note",
            field=models.TextField(
                blank=True, help_text="For the office; never printed.", verbose_name="note"
            ),
        ),
        migrations.RunSQL(MEND_ROWS, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="regulationlimit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("adopted_by", ""),
                    ("adopted_by__iregex", "\\d+\\s*(/\\d{4})?/QĐ-"),
                    _connector="OR",
                ),
                name="limit_adopted_by_decision",
                violation_error_message="Name the decision that adopts this row, with its number "
                "and symbol, such as 12/QĐ-SKHCN; or leave it empty.",
            ),
        ),
    ]
