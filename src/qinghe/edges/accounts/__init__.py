"""Coming in and staying in: django-allauth, in the house's words and by the house's rules."""
