module.exports = function (config) {
  config.setUseGitIgnore(false);
  config.addFilter("day", (at) => at.toLocaleDateString("en-GB", { day: "2-digit", month: "short", year: "numeric", timeZone: "Asia/Makassar" }));
  config.addFilter("head", (list, count) => list.slice(0, count));
  return { markdownTemplateEngine: "njk" };
};
