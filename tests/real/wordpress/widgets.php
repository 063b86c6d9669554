<?php
// The widgets of an office's sidebar: calendar, recent posts, months, as their owner dragged them there.
add_action('wp_install', function () {
    update_option('widget_calendar', array(2 => array('title' => 'Kalender'), '_multiwidget' => 1));
    update_option('widget_recent-posts', array(2 => array('title' => 'Terbaru', 'number' => 5, 'show_date' => true), '_multiwidget' => 1));
    update_option('widget_archives', array(2 => array('title' => 'Arsip', 'count' => 1, 'dropdown' => 0), '_multiwidget' => 1));
    update_option('sidebars_widgets', array('wp_inactive_widgets' => array(), 'array_version' => 3,
        'sidebar-1' => array('recent-posts-2', 'calendar-2', 'archives-2')));
});
