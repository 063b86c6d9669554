"""One page, parsed once and bounded: its elements, lines, regions and the JSON it carries."""
