"""Pages of measures."""

from django.urls import path

from kpis.views import entering, files, measures, settings

app_name = "kpis"

_ALL = "plans/<slug:plan>/measures/"
_ONE = f"{_ALL}<slug:key>/"

urlpatterns = [
    path(_ALL, measures.indicator_list, name="indicator-list"),
    path("plans/<slug:plan>/measures.csv", measures.indicator_export, name="indicator-export"),
    path(f"{_ALL}enter-figures/", entering.figures_enter, name="figures-enter"),
    path(f"{_ALL}files/", files.file_list, name="file-list"),
    path(f"{_ALL}files/<int:file>/", files.file_detail, name="file-detail"),
    path(f"{_ALL}files/<int:file>/columns/", files.file_columns, name="file-columns"),
    path(f"{_ALL}files/<int:file>/names/", files.file_names, name="file-names"),
    path(_ONE, measures.indicator_detail, name="indicator-detail"),
    path(f"{_ONE}figures.csv", measures.indicator_figures, name="indicator-figures"),
    path(f"{_ONE}chart.svg", measures.indicator_drawing, name="indicator-drawing"),
    path(f"{_ONE}chart.png", measures.indicator_picture, name="indicator-picture"),
    path(f"{_ONE}definition/", settings.definition_new, name="definition-new"),
    path(f"{_ONE}reading/", settings.reading_edit, name="reading-edit"),
    path(f"{_ONE}step-changes/new/", settings.step_propose, name="step-propose"),
    path(f"{_ONE}step-changes/<int:step>/", settings.step_decide, name="step-decide"),
]
