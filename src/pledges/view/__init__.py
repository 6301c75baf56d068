"""What is shown, before how: words and order are decided here, the look in ``render``."""
