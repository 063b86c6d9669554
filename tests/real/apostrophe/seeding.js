// A task that publishes what standard input lists; the pages are made with the first.
const { readFileSync } = require('fs');

const write = (parts) => ({
  metaType: 'area',
  items: [{ metaType: 'widget', type: '@apostrophecms/rich-text', content: parts.map((p) => `<p>${p}</p>`).join('') }]
});

module.exports = {
  tasks(self) {
    const lay = async (req, given) => {
      const add = (type, title, slug, more = {}) =>
        self.apos.page.insert(req, '_home', 'lastChild', { type, title, slug, visibility: 'public', ...more });
      await add('@apostrophecms/blog-page', 'Berita', '/berita');
      for (const page of given.standing) {
        await add('default-page', page.title, `/${page.slug}`, { main: write([page.body]) });
      }
    };
    return {
      publish: {
        usage: 'Publish posts.',
        async task() {
          const req = self.apos.task.getReq({ mode: 'draft' });
          const given = JSON.parse(readFileSync(0));
          if (!(await self.apos.page.find(req, { slug: '/berita' }).toObject())) {
            await lay(self.apos.task.getReq({ mode: 'published' }), given);
          }
          for (const post of given.posts) {
            const made = {
              ...self.apos.modules['@apostrophecms/blog'].newInstance(),
              title: post.title,
              slug: post.slug,
              publishedAt: post.day,
              visibility: 'public',
              main: write(post.parts)
            };
            await self.apos.modules['@apostrophecms/blog'].insert(
              self.apos.task.getReq({ mode: 'published' }),
              made
            );
          }
        }
      }
    };
  }
};
