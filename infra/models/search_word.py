"""The words that occur in what people search: a misspelt one is corrected by them."""

from django.db import models
from django.db.models.functions import Length


class SearchWord(models.Model):
    """A word of plain letters that occurs, or did until the duty last looked.

    Written by triggers alone, in whatever the words stand, hidden or not: nobody is told a word of
    it unless a search for that word finds something for that person.
    """

    word = models.CharField(max_length=60)

    class Meta:
        indexes = [
            models.Index(fields=["word"], name="search_word"),
            models.Index(Length("word"), name="search_word_length"),
        ]

    def __str__(self) -> str:
        return self.word
