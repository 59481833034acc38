"""附件的表单: files with their names, pictures with words for those who cannot see them."""

from django import forms

from gongkai.frame.uploads import DOCUMENTS, PICTURES, UploadField


class AttachForm(forms.Form):
    """A file to attach (添加附件)."""

    upload = UploadField(label="文件", kinds=(*DOCUMENTS, *PICTURES), required=False)
    name = forms.CharField(
        label="附件名称", max_length=120, required=False, help_text="留空则用文件名。公众看到的就是这个名称。"
    )


class PictureForm(forms.Form):
    """A picture within the text (正文插图)."""

    upload = UploadField(label="图片", kinds=PICTURES)
    alt = forms.CharField(label="图片说明", max_length=200)


class RenameForm(forms.Form):
    """The name of an attachment and the words for a picture (修改附件)."""

    title = forms.CharField(label="附件名称", max_length=120)
    alt = forms.CharField(label="图片说明", max_length=200, required=False)
