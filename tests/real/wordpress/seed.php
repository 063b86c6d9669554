<?php
if (PHP_SAPI !== 'cli') { exit; }
define('WP_INSTALLING', true);
$_SERVER['HTTP_HOST'] = '@host@'; $_SERVER['REQUEST_METHOD'] = 'GET'; $_SERVER['REQUEST_URI'] = '/';
require __DIR__ . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
$seed = json_decode(file_get_contents('php://stdin'), true);

function insert($type, $row, $more) {
    $id = wp_insert_post(array('post_type' => $type, 'post_title' => $row['title'], 'post_name' => $row['slug'],
        'post_content' => wpautop($row['body']), 'post_status' => 'publish') + $more, true);
    if (is_wp_error($id)) { fwrite(STDERR, $id->get_error_message()); exit(1); }
    return $id;
}

if (!is_blog_installed()) {
    wp_install('Kelurahan Contoh', 'admin', 'admin@example.invalid', true, '', 'secret');
    update_option('timezone_string', 'Asia/Makassar');
    $GLOBALS['wp_rewrite']->set_permalink_structure('@permalinks@');
    update_option('template', '@theme@'); update_option('stylesheet', '@theme@');
    update_option('WPLANG', '@language@'); update_option('posts_per_page', 10);
    wp_delete_post(1, true);
    foreach ($seed['standing'] as $page) { insert('page', $page, array()); }
    if ('@list@') {
        $front = array('title' => 'Beranda', 'slug' => 'beranda', 'body' => 'Selamat datang di situs resmi.');
        update_option('show_on_front', 'page'); update_option('page_on_front', insert('page', $front, array()));
        $list = array('title' => 'Kabar Kota', 'slug' => '@list@', 'body' => '');
        update_option('page_for_posts', insert('page', $list, array()));
    }
    // Pages made by today's clock would be younger than every post, and the feed unchanged for ever.
    $GLOBALS['wpdb']->query("UPDATE {$GLOBALS['wpdb']->posts} SET post_date = '2025-01-02 09:00:00', post_modified = "
        . "'2025-01-02 09:00:00', post_date_gmt = '2025-01-02 01:00:00', post_modified_gmt = '2025-01-02 01:00:00'");
}
$addresses = array();
foreach ($seed['posts'] as $post) {
    $own = strtolower($post['category']);
    $id = insert(post_type_exists($own) ? $own : 'post', $post, array('post_date' => $post['at'], 'post_date_gmt' => get_gmt_from_date($post['at']),
        'post_category' => array(wp_create_category($post['category'])), 'tags_input' => array('warga')));
    if ($post['sticky'] && !post_type_exists($own)) { stick_post($id); }
    $addresses[$post['slug']] = get_permalink($id);
}
foreach ($seed['changes'] as $change) {
    $old = get_page_by_path($change['slug'], OBJECT, get_post_types(array('public' => true)));
    if (!$old) { fwrite(STDERR, 'no post is called ' . $change['slug']); exit(1); }
    if ($change['title'] === null) { wp_delete_post($old->ID, true); continue; }
    wp_update_post(array('ID' => $old->ID, 'post_title' => $change['title'], 'post_content' => wpautop($change['body'])));
    $moments = array('post_modified' => $change['at'], 'post_modified_gmt' => get_gmt_from_date($change['at']));
    $GLOBALS['wpdb']->update($GLOBALS['wpdb']->posts, $moments, array('ID' => $old->ID));
}
flush_rewrite_rules(false);
fwrite(STDOUT, "\n" . json_encode((object) $addresses));
