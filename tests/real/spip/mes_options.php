<?php
date_default_timezone_set('Asia/Makassar');
define('_INTERVALLE_CRON', 86400);
// Of the PHP that comes with that release of Debian.
if (!function_exists('array_any')) {
    function array_any(array $array, callable $callback): bool {
        return (bool) array_filter($array, $callback, ARRAY_FILTER_USE_BOTH);
    }
}
