<?php
// A webmaster's plugin against robots: no feeds, and REST only for those who are logged in.
add_filter('rest_authentication_errors', function () {
    return new WP_Error('rest_disabled', 'REST API dinonaktifkan', array('status' => 401));
});
foreach (array('do_feed', 'do_feed_rdf', 'do_feed_rss', 'do_feed_rss2', 'do_feed_atom') as $hook) {
    add_action($hook, function () { wp_die('Tidak ada', '', 404); }, 1);
}
