"""The province this installation serves: the one place with its name, code, meridians and box."""

from typing import Final

NAME: Final = "Đồng Tháp"
CODE: Final = "82"
# By the lists of before 01/07/2025: former Đồng Tháp and former Tiền Giang.
FORMER_CODES: Final = ("82", "87")
# Central meridians of VN-2000 of the two former provinces; the merged one's is not published.
MERIDIANS: Final = ("105-00", "105-45")
# West, south, east, north in degrees, since 01/07/2025.
HOME_BOX: Final = (105.15, 9.95, 106.85, 10.98)
