"""The microphone on the page: one WebSocket per talk."""
