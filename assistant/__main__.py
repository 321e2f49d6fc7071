"""`python -m assistant` is `meedoen`."""

from assistant.cli import main

if __name__ == "__main__":
    main()
