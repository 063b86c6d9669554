"""`python -m cli` is `denyut`."""

from cli.main import main

if __name__ == "__main__":
    main()
