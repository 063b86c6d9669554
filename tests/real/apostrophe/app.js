// The CMS with its blog, as their own documentation sets them up; no bundles for editors are built.
const port = Number(process.env.PORT);

require('apostrophe')({
  shortName: 'kantor',
  root: module,
  baseUrl: `http://127.0.0.1:${port}`,
  bundles: ['@apostrophecms/blog'],
  modules: {
    '@apostrophecms/express': { options: { port, address: '127.0.0.1', session: { secret: 'kantor' } } },
    '@apostrophecms/asset': { options: { autoBuild: false } },
    '@apostrophecms/i18n': { options: { locales: { id: { label: 'Bahasa Indonesia' } } } },
    '@apostrophecms/uploadfs': { options: { disabledFileKey: 'kantor' } },
    '@apostrophecms/blog': {
      options: { perPage: 10 },
      fields: { add: { main: { type: 'area', options: { widgets: { '@apostrophecms/rich-text': {} } } } } }
    },
    '@apostrophecms/blog-page': {},
    '@apostrophecms/home-page': {},
    'default-page': {
      extend: '@apostrophecms/page-type',
      fields: { add: { main: { type: 'area', options: { widgets: { '@apostrophecms/rich-text': {} } } } } }
    },
    '@apostrophecms/page': {
      options: {
        types: [
          { name: '@apostrophecms/home-page', label: 'Home' },
          { name: '@apostrophecms/blog-page', label: 'Blog' },
          { name: 'default-page', label: 'Default' }
        ]
      }
    },
    seeding: {}
  }
});
