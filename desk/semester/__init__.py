"""A semester judged: flags, rubric, decisions, objections, seal, and what each standing rests on."""
