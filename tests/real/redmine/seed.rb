# What an office that keeps its news in Redmine sets up: one public project, its language, its own clock.
require 'json'
seed = JSON.parse(STDIN.read)
unless Project.exists?
  { app_title: 'Kelurahan Contoh', welcome_text: 'Selamat datang.', default_language: 'id', host_name: seed['host'],
    default_users_time_zone: 'Makassar' }.each { |name, value| Setting[name] = value }
  Redmine::DefaultData::Loader.load('id')
  User.find_by(login: 'admin').update_columns(firstname: 'Admin', lastname: 'Kelurahan')
  project = Project.create!(name: 'Kelurahan', identifier: 'kelurahan', is_public: true, enabled_module_names: %w[news wiki])
  wiki = project.wiki || Wiki.create!(project: project, start_page: 'Profil')
  seed['standing'].each do |page|
    found = WikiPage.new(wiki: wiki, title: page['title'])
    found.content = WikiContent.new(page: found, text: page['body'], author: User.find_by(login: 'admin'))
    found.save!
  end
end
project = Project.find('kelurahan')
addresses = seed['posts'].to_h do |post|
  news = News.create!(project: project, author: User.find_by(login: 'admin'), title: post['title'][0, 60],
                      summary: post['cut'] ? post['body'].lines.first.strip[0, 255] : '', description: post['body'])
  news.update_columns(created_on: Time.iso8601(post['at']).utc)
  [post['slug'], "/news/#{news.id}"]
end
seed['changes'].each do |change|
  news = News.find(change['address'][/\d+\z/])
  change['title'] ? news.update!(title: change['title'][0, 60]) : news.destroy
end
puts "\n" + JSON.generate(addresses)
