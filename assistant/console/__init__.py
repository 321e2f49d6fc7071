"""The staff console: server-rendered pages that work without JavaScript. See README.md for how to add one."""
