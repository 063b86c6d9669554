<?php
define('WP_INSTALLING', true);
$_SERVER['HTTP_HOST'] = '@host@'; $_SERVER['REQUEST_METHOD'] = 'GET'; $_SERVER['REQUEST_URI'] = '/';
require __DIR__ . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
wp_install('Kelurahan Contoh', 'admin', 'admin@example.invalid', true, '', 'secret');
update_option('timezone_string', 'Asia/Makassar');
$GLOBALS['wp_rewrite']->set_permalink_structure('/%year%/%monthnum%/%day%/%postname%/');
update_option('template', '@theme@'); update_option('stylesheet', '@theme@');
update_option('WPLANG', '@language@'); update_option('posts_per_page', 10);
wp_delete_post(1, true);
$addresses = array();
foreach (json_decode(file_get_contents('php://stdin'), true) as $post) {
    $id = wp_insert_post(array('post_title' => $post['title'], 'post_name' => $post['slug'],
        'post_content' => '<p>' . $post['body'] . '</p>', 'post_status' => 'publish',
        'post_date' => $post['at'], 'post_date_gmt' => get_gmt_from_date($post['at'])), true);
    if (is_wp_error($id)) { fwrite(STDERR, $id->get_error_message()); exit(1); }
    $addresses[$post['slug']] = get_permalink($id);
}
flush_rewrite_rules(false);
fwrite(STDOUT, "\n" . json_encode($addresses));
