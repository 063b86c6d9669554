"""What is said of each metric, in English: its name, and its figure on an office's page."""

from collections.abc import Mapping

__all__ = ["METRICS"]

METRICS: Mapping[str, str] = {
    "metric.frequency": "Frequency",
    "rapor.means.frequency": "{value} posts counted a week; the target is {target}",
    "metric.regularity": "Regularity",
    "rapor.means.regularity": "{value}% of the weeks hold a post",
    "metric.freshness": "Freshness",
    "rapor.means.freshness": "the newest post is {value} days old on average",
    "metric.longest_silence": "Longest silence",
    "rapor.means.longest_silence": "longest silence {value} days",
    "metric.posts_a_week": "Posts a week",
    "rapor.means.posts_a_week": "{value} posts a week",
    "metric.engagement": "Engagement rate",
    "rapor.means.engagement": "interactions with a post: {value}% of the followers",
}
