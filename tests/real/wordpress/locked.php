<?php
add_filter('rest_authentication_errors', fn() => new WP_Error('rest_disabled', 'off', array('status' => 401)));
add_filter('wp_sitemaps_enabled', '__return_false');
remove_action('wp_head', 'feed_links', 2); remove_action('wp_head', 'feed_links_extra', 3);
remove_action('wp_head', 'rest_output_link_wp_head'); remove_action('template_redirect', 'rest_output_link_header', 11);
foreach (array('do_feed', 'do_feed_rdf', 'do_feed_rss', 'do_feed_rss2', 'do_feed_atom') as $hook) {
    add_action($hook, function () { wp_die('Umpan dimatikan.', '', array('response' => 403)); }, 1);
}
