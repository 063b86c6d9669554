<?php
// Feeds of five excerpts, short addresses, and REST only for those who are logged in.
add_filter('pre_option_rss_use_excerpt', fn() => 1);
add_filter('pre_option_posts_per_rss', fn() => 5);
add_filter('pre_option_date_format', fn() => 'd/m/Y');
add_filter('rest_authentication_errors', function () {
    return new WP_Error('rest_disabled', 'REST API dinonaktifkan', array('status' => 401));
});
