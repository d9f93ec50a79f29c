from django.urls import path

from hertsend.ui import gallery

app_name = "ui"

urlpatterns = [
    path("ui/", gallery.component_gallery, name="gallery"),
]
