"""The pages of a semester: values to HTML, one file a page, without script or anything from outside."""
