<?php
// Announcements as a theme for offices keeps them, and REST only for those who are logged in.
function register_announcements() {
    register_post_type('pengumuman', array('label' => 'Pengumuman', 'public' => true, 'has_archive' => false,
        'show_in_rest' => false, 'supports' => array('title', 'editor')));
}
add_action('init', 'register_announcements');
// At the installation addresses get their form only after that.
add_action('permalink_structure_changed', 'register_announcements');
add_filter('rest_authentication_errors', function () {
    return new WP_Error('rest_disabled', 'REST API dinonaktifkan', array('status' => 401));
});
