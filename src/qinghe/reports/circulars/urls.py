from django.urls import path

from .views import answers, circulars, moves, writing

app_name = "circulars"
urlpatterns = [
    path("", circulars.index, name="index"),
    path("begin/", writing.begin, name="begin"),
    path("<int:circular_id>/", circulars.circular, name="circular"),
    path("<int:circular_id>/circular.docx", circulars.document, name="docx"),
    path("<int:circular_id>/ranking.xlsx", circulars.workbook, name="xlsx"),
    path("<int:circular_id>/figures/", writing.figures, name="figures"),
    path("<int:circular_id>/text/", writing.text, name="text"),
    path("<int:circular_id>/streets/", writing.streets, name="streets"),
    path("<int:circular_id>/goals/<str:code>/", writing.goals, name="goals"),
    path("<int:circular_id>/send/", moves.send, name="send"),
    path("<int:circular_id>/take-back/", moves.take_back, name="take_back"),
    path("<int:circular_id>/review/", moves.review, name="review"),
    path("<int:circular_id>/issue/", moves.issue, name="issue"),
    path("<int:circular_id>/pdf/", moves.print_pdf, name="print_pdf"),
    path("<int:circular_id>/remind/", answers.remind, name="remind"),
    path("answers/<int:addressee_id>/", answers.addressee, name="addressee"),
    path("answers/<int:addressee_id>/answer/", answers.answer, name="answer"),
    path("answers/<int:addressee_id>/accept/", answers.accept, name="accept"),
    path("answers/<int:addressee_id>/again/", answers.again, name="again"),
]
