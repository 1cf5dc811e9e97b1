"""Who asks, in which colour, under which sign."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from deliberation import colours
from deliberation.formats import logos
from deliberation.forms.fields import OneLineField


class Branding(forms.Form):
    host_name = OneLineField(
        label=_("Who asks"),
        help_text=_("A city, a company, an association: shown beside the question."),
        required=False,
        max_length=80,
    )
    accent = forms.CharField(
        label=_("Colour of links and buttons"),
        help_text=_(
            "As #rrggbb; empty for ours. It has to be dark enough to be read on light"
            " paper; for dark screens it is made lighter by itself."
        ),
        required=False,
        max_length=7,
        widget=forms.TextInput(
            attrs={"placeholder": "#74224a", "dir": "ltr", "spellcheck": "false"}
        ),
    )
    logo = forms.FileField(
        label=_("Logo"),
        help_text=_("A picture as PNG, JPEG or WebP, of at most 1 MB."),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
    )
    without_logo = forms.BooleanField(label=_("Take the logo away"), required=False)

    def clean_accent(self) -> str:
        colour = str(self.cleaned_data["accent"]).lower()
        if not colour:
            return ""
        if not colours.HEX.fullmatch(colour):
            raise forms.ValidationError(
                _("Write the colour as a # and six digits, like #74224a.")
            )
        if not colours.is_readable(colour):
            raise forms.ValidationError(
                _(
                    "%(colour)s is too light to be read (its contrast is %(contrast)s;"
                    " 4.5 is needed). The nearest that will do is %(nearest)s."
                ),
                params={
                    "colour": colour,
                    "contrast": round(
                        colours.contrast(colour, colours.LIGHT_GROUND), 1
                    ),
                    "nearest": colours.nearest_readable(colour),
                },
            )
        return colour

    def clean_logo(self) -> logos.Logo | None:
        given: UploadedFile[bytes] | None = self.cleaned_data["logo"]
        if given is None:
            return None
        try:
            if (given.size or 0) > logos.MOST_BYTES:
                raise logos.TooLarge
            return logos.read(given.read())
        except logos.TooLarge as error:
            raise forms.ValidationError(
                _("This picture is too large: at most 1 MB and 16 million pixels.")
            ) from error
        except logos.NoPicture as error:
            raise forms.ValidationError(
                _("This is no picture that we can read: send a PNG, JPEG or WebP.")
            ) from error
