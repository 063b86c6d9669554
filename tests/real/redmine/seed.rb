# What an office that keeps its news in Redmine sets up: one public project, its language, its own clock.
require 'json'
seed = JSON.parse(STDIN.read)
unless Project.exists?
  { app_title: 'Kelurahan Contoh', welcome_text: 'Selamat datang.', default_language: 'id', host_name: seed['host'],
    default_users_time_zone: 'Makassar' }.each { |name, value| Setting[name] = value }
  Redmine::DefaultData::Loader.load('id')
  User.find_by(login: 'admin').update_columns(firstname: 'Admin', lastname: 'Kelurahan')
  parts = [seed['part'], 'wiki']
  project = Project.create!(name: 'Kelurahan', identifier: 'kelurahan', is_public: true, enabled_module_names: parts)
  Board.create!(project: project, name: 'Kabar', description: 'Kabar kelurahan') if seed['part'] == 'boards'
  wiki = project.wiki || Wiki.create!(project: project, start_page: 'Profil')
  seed['standing'].each do |page|
    found = WikiPage.new(wiki: wiki, title: page['title'])
    found.content = WikiContent.new(page: found, text: page['body'], author: User.find_by(login: 'admin'))
    found.save!
  end
end
project = Project.find('kelurahan')
author = User.find_by(login: 'admin')
writing = {
  'news' => lambda do |post, at|
    news = News.create!(project: project, author: author, title: post['title'][0, 60],
                        summary: post['cut'] ? post['body'].lines.first.strip[0, 255] : '', description: post['body'])
    news.update_columns(created_on: at)
    "/news/#{news.id}"
  end,
  # Every third topic has a reply of the day after the next, which is what the list is sorted by.
  'boards' => lambda do |post, at|
    words = { board: project.boards.first, author: author }
    topic = Message.create!(subject: post['title'], content: post['body'], sticky: post['sticky'] ? 1 : 0, **words)
    topic.update_columns(created_on: at, updated_on: at)
    if (topic.id % 3).zero?
      reply = Message.create!(subject: "RE: #{post['title']}", content: 'Terima kasih.', parent: topic, **words)
      reply.update_columns(created_on: at + 2.days, updated_on: at + 2.days)
      topic.reload.update_columns(updated_on: at + 2.days)
    end
    "/boards/#{topic.board_id}/topics/#{topic.id}"
  end,
  'documents' => lambda do |post, at|
    kind = DocumentCategory.first
    paper = Document.create!(project: project, category: kind, title: post['title'], description: post['body'])
    paper.update_columns(created_on: at)
    "/documents/#{paper.id}"
  end
}
kept = { 'news' => News, 'boards' => Message, 'documents' => Document }[seed['part']]
addresses = seed['posts'].to_h do |post|
  [post['slug'], writing[seed['part']].call(post, Time.iso8601(post['at']).utc)]
end
seed['changes'].each do |change|
  found = kept.find(change['address'][/\d+\z/])
  name = seed['part'] == 'boards' ? :subject : :title
  change['title'] ? found.update!(name => change['title'][0, 60]) : found.destroy
end
puts "\n" + JSON.generate(addresses)
