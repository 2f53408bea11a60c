"""The nouns of training: programmes, classes, lectures, online sessions."""

from .classes import Class, Completion, Enrolment
from .programmes import Course, Lecturer, Programme
from .speaking import Lecture, Webcast

__all__ = [
    "Class",
    "Completion",
    "Course",
    "Enrolment",
    "Lecture",
    "Lecturer",
    "Programme",
    "Webcast",
]
