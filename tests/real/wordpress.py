"""WordPress from Debian's packages on MariaDB, served by PHP's own server."""

import json
import shutil
import time
from collections.abc import Sequence
from pathlib import Path

from machine import Processes, free_port, install_debian, run, wait_for_port
from truth import Known, Served

_PACKAGES = (
    "wordpress",
    "wordpress-l10n",
    "wordpress-theme-twentytwentythree",
    "mariadb-server",
    "php-cli",
    "php-mysql",
    "php-xml",
    "php-mbstring",
)

_CONFIG = """<?php
define('DB_NAME', 'wordpress'); define('DB_USER', 'wp'); define('DB_PASSWORD', 'wp');
define('DB_HOST', 'localhost:{socket}'); define('DB_CHARSET', 'utf8mb4'); define('DB_COLLATE', '');
define('WP_HOME', '{url}'); define('WP_SITEURL', '{url}');
define('WP_HTTP_BLOCK_EXTERNAL', true); define('DISABLE_WP_CRON', true); define('AUTOMATIC_UPDATER_DISABLED', true);
define('WP_DEBUG', false);
$table_prefix = 'wp_';
if (!defined('ABSPATH')) {{ define('ABSPATH', __DIR__ . '/'); }}
require_once ABSPATH . 'wp-settings.php';
"""

_SEED = """<?php
define('WP_INSTALLING', true);
$_SERVER['HTTP_HOST'] = '{host}'; $_SERVER['REQUEST_METHOD'] = 'GET'; $_SERVER['REQUEST_URI'] = '/';
require __DIR__ . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
wp_install('Kelurahan Contoh', 'admin', 'admin@example.invalid', true, '', 'secret');
update_option('timezone_string', 'Asia/Makassar');
$GLOBALS['wp_rewrite']->set_permalink_structure('/%year%/%monthnum%/%day%/%postname%/');
update_option('template', '{theme}'); update_option('stylesheet', '{theme}');
update_option('WPLANG', '{language}'); update_option('posts_per_page', 10);
wp_delete_post(1, true);
$addresses = array();
foreach (json_decode(file_get_contents('php://stdin'), true) as $post) {{
    $id = wp_insert_post(array('post_title' => $post['title'], 'post_name' => $post['slug'],
        'post_content' => '<p>' . $post['body'] . '</p>', 'post_status' => 'publish',
        'post_date' => $post['at'], 'post_date_gmt' => get_gmt_from_date($post['at'])), true);
    if (is_wp_error($id)) {{ fwrite(STDERR, $id->get_error_message()); exit(1); }}
    $addresses[$post['slug']] = get_permalink($id);
}}
flush_rewrite_rules(false);
fwrite(STDOUT, "\\n" . json_encode($addresses));
"""

_ROUTER = """<?php
$path = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
if ($path !== '/' && is_file(__DIR__ . $path)) { return false; }
require __DIR__ . '/index.php';
"""

# An office's webmaster who switched everything off that a machine could read.
_LOCKED = """<?php
add_filter('rest_authentication_errors', fn() => new WP_Error('rest_disabled', 'off', array('status' => 401)));
add_filter('wp_sitemaps_enabled', '__return_false');
remove_action('wp_head', 'feed_links', 2); remove_action('wp_head', 'feed_links_extra', 3);
remove_action('wp_head', 'rest_output_link_wp_head'); remove_action('template_redirect', 'rest_output_link_header', 11);
foreach (array('do_feed', 'do_feed_rdf', 'do_feed_rss', 'do_feed_rss2', 'do_feed_atom') as $hook) {
    add_action($hook, function () { wp_die('Umpan dimatikan.', '', array('response' => 403)); }, 1);
}
"""

# A theme of the old sort: no <time>, no meta, only what a visitor reads.
_THEME = {
    "style.css": "/* Theme Name: Kantor */",
    "index.php": """<?php get_header(); while (have_posts()) { the_post(); ?>
<div class="post"><h2><a href="<?php the_permalink(); ?>"><?php the_title(); ?></a></h2>
<p class="info">Diposting pada <?php echo get_the_date('l, j F Y'); ?> oleh admin</p><?php the_excerpt(); ?></div>
<?php } posts_nav_link(' ', 'Sebelumnya', 'Berita lainnya'); get_footer();""",
    "single.php": """<?php get_header(); the_post(); ?><h1><?php the_title(); ?></h1>
<p class="info">Diposting pada <?php echo get_the_date('l, j F Y'); ?> pukul <?php the_time('H.i'); ?> WITA</p>
<?php the_content(); get_footer();""",
    "header.php": """<!DOCTYPE html><html lang="id"><head><meta charset="utf-8"><title><?php wp_title(); ?></title>
<?php wp_head(); ?></head><body><p><a href="<?php echo home_url('/'); ?>">Beranda</a></p>
<p>Hari ini <?php echo wp_date('l, j F Y H:i:s'); ?></p>""",
    "footer.php": """<p>Hak cipta 2019 Kelurahan Contoh</p><?php wp_footer(); ?></body></html>""",
}


def start_wordpress(folder: Path, posts: Sequence[Known], processes: Processes, *, locked: bool) -> Served:
    """Install and seed WordPress; `locked` has neither feeds, REST nor sitemap."""
    install_debian(*_PACKAGES)
    site = folder / "site"
    shutil.copytree("/usr/share/wordpress", site, symlinks=False, ignore_dangling_symlinks=True)
    database = _start_mariadb(folder, processes)
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    (site / "wp-config.php").write_text(_CONFIG.format(socket=database, url=url))
    (site / "router.php").write_text(_ROUTER)
    theme, language = ("kantor", "id_ID") if locked else ("twentytwentythree", "")
    seed = _SEED.format(host=f"127.0.0.1:{port}", theme=theme, language=language)
    (site / "seed.php").write_text(seed)
    if locked:
        _lock(site)
    rows = [
        {"slug": p.slug, "title": p.title, "body": p.body, "at": f"{p.at:%Y-%m-%d %H:%M:%S}"} for p in posts
    ]
    printed = run(["php", "seed.php"], stdin=json.dumps(rows), folder=site)
    addresses = json.loads(printed.strip().splitlines()[-1])
    (site / "seed.php").unlink()
    command = ["env", "PHP_CLI_SERVER_WORKERS=4", "php", "-S", f"127.0.0.1:{port}", "-t", str(site)]
    command.append(str(site / "router.php"))
    processes.start(command, folder=folder, log="server.log")
    wait_for_port(port)
    by_slug = {post.slug: post for post in posts}
    name = "wordpress, locked" if locked else "wordpress"
    return Served(name, url, {address: by_slug[slug] for slug, address in addresses.items()})


def _lock(site: Path) -> None:
    plugins = site / "wp-content" / "mu-plugins"
    plugins.mkdir(exist_ok=True)
    (plugins / "locked.php").write_text(_LOCKED)
    theme = site / "wp-content" / "themes" / "kantor"
    theme.mkdir()
    for name, text in _THEME.items():
        (theme / name).write_text(text)


def _start_mariadb(folder: Path, processes: Processes) -> Path:
    data, socket = folder / "data", folder / "db.sock"
    install = [
        "mariadb-install-db",
        "--no-defaults",
        f"--datadir={data}",
        "--auth-root-authentication-method=normal",
    ]
    run([*install, "--user=root", "--skip-test-db"])
    server = ["mariadbd", "--no-defaults", f"--datadir={data}", f"--socket={socket}", "--user=root"]
    processes.start([*server, "--skip-networking"], folder=folder, log="db.log")
    client = [
        "mariadb",
        "--no-defaults",
        f"--socket={socket}",
        "--user=root",
        "--wait",
        "--connect-timeout=30",
    ]
    statements = (
        "CREATE DATABASE wordpress CHARACTER SET utf8mb4; CREATE USER wp@localhost IDENTIFIED BY 'wp'; "
        "GRANT ALL ON wordpress.* TO wp@localhost;"
    )
    _wait_for_file(socket)
    run([*client, "-e", statements])
    return socket


def _wait_for_file(path: Path) -> None:
    for _ in range(300):
        if path.exists():
            return
        time.sleep(0.1)
    raise SystemExit(f"{path.name} was not made; see db.log beside it.")
