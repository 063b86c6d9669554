<?php
date_default_timezone_set('Asia/Makassar');
$days = array('Minggu', 'Senin', 'Selasa', 'Rabu', 'Kamis', 'Jumat', 'Sabtu');
$months = array('', 'Januari', 'Februari', 'Maret', 'April', 'Mei', 'Juni', 'Juli', 'Agustus', 'September',
    'Oktober', 'November', 'Desember');
$now = time();
$data = json_decode(file_get_contents(__DIR__ . '/data.json'), true);
$posts = array_reverse($data['posts']);
$page = isset($_GET['page']) ? $_GET['page'] : 'beranda';
$id = isset($_GET['id']) ? (int) $_GET['id'] : 0;
$hal = isset($_GET['hal']) ? max(1, (int) $_GET['hal']) : 1;
$counter = __DIR__ . '/counter.txt';
$visits = (is_file($counter) ? (int) file_get_contents($counter) : 120450) + 1;
file_put_contents($counter, $visits);

function day($at) {
    global $days, $months;
    return $days[(int) date('w', $at)] . ', ' . date('d', $at) . ' ' . $months[(int) date('n', $at)] . date(' Y', $at);
}
function moment($at) { return day($at) . ' | ' . date('H:i', $at) . ' WITA'; }
function address($post) { return 'index.php?page=' . $post['section'] . '&amp;id=' . $post['id']; }
function in_section($posts, $section) {
    $own = array_filter($posts, fn($post) => $post['section'] === $section);
    $top = array_filter($own, fn($post) => $post['sticky']);
    return array_merge($top, array_filter($own, fn($post) => !$post['sticky']));
}
function table_of($posts) { ?>
<table width="100%" class="daftar">
<?php foreach ($posts as $post) { ?>
<tr><td valign="top"><img src="foto/<?= $post['id'] ?>.jpg" width="90"></td>
<td><a href="<?= address($post) ?>"><b><?= $post['title'] ?></b></a><br>
<font size="1"><?= moment($post['at']) ?> | Dibaca <?= $post['id'] * 37 % 900 ?> kali</font><br>
<?= substr($post['paragraphs'][0], 0, 120) ?>... <a href="<?= address($post) ?>">Selengkapnya</a></td></tr>
<?php } ?>
</table>
<?php }
function pager($section, $hal, $count) {
    echo '<div class="halaman">Halaman: ';
    for ($n = 1; $n <= ceil($count / 8); $n++) {
        echo $n === $hal ? "<b>$n</b> " : "<a href=\"index.php?page=$section&amp;hal=$n\">$n</a> ";
    }
    echo '</div>';
}
?>
<html><head><title>Portal Resmi Dinas Contoh</title><meta http-equiv="Content-Type" content="text/html; charset=utf-8"></head>
<body>
<div id="atas"><?= day($now) ?> <span id="jam"><?= date('H:i:s', $now) ?></span> WITA</div>
<ul id="menu"><li><a href="index.php">Beranda</a></li><li><a href="index.php?page=profil">Profil</a></li>
<li><a href="index.php?page=visi-misi">Visi Misi</a></li><li><a href="index.php?page=berita">Berita</a></li>
<li><a href="index.php?page=pengumuman">Pengumuman</a></li><li><a href="index.php?page=kontak">Kontak</a></li></ul>
<table width="960"><tr><td width="700" valign="top">
<?php if ($page === 'beranda') { ?>
<h2>Berita Terbaru</h2><?php table_of(array_slice(in_section($posts, 'berita'), 0, 5)); ?>
<a href="index.php?page=berita">Indeks Berita</a>
<h2>Pengumuman</h2><?php table_of(array_slice(in_section($posts, 'pengumuman'), 0, 3)); ?>
<?php } elseif (isset($data['standing'][$page])) { ?>
<h2><?= $data['standing'][$page]['title'] ?></h2><p><?= $data['standing'][$page]['body'] ?></p>
<?php } elseif ($id > 0) { foreach ($posts as $post) { if ($post['id'] === $id) { ?>
<h2><?= $post['title'] ?></h2>
<font size="1"><?= moment($post['at']) ?> | Oleh: Admin | Dibaca <?= $visits ?> kali</font>
<?php foreach ($post['paragraphs'] as $text) { echo "<p>$text</p>\n"; } ?>
<a href="cetak.php?id=<?= $id ?>">Cetak</a>
<h3>Berita Terkait</h3><ul>
<?php foreach (array_slice($posts, ($id * 5) % 40, 4) as $other) { ?>
<li><a href="<?= address($other) ?>"><?= $other['title'] ?></a> <small>(<?= date('d/m/Y', $other['at']) ?>)</small></li>
<?php } ?></ul>
<?php } } } elseif (in_array($page, array('berita', 'pengumuman'), true)) {
    $all = in_section($posts, $page); ?>
<h2><?= ucfirst($page) ?></h2>
<?php table_of(array_slice($all, ($hal - 1) * 8, 8)); pager($page, $hal, count($all)); } ?>
</td><td valign="top">
<h4>Berita Populer</h4><ul><?php foreach (array_slice($posts, 9, 5) as $post) { ?>
<li><a href="<?= address($post) ?>"><?= $post['title'] ?></a></li><?php } ?></ul>
<h4>Agenda</h4><p>Rapat koordinasi<br><?= day($now + 86400) ?> pukul 09.00</p>
<h4>Statistik Pengunjung</h4><p>Hari ini: <?= $visits % 90 ?><br>Kemarin: 74<br>Total: <?= $visits ?><br>
Terakhir diperbarui: <?= date('d-m-Y', $now) ?></p>
</td></tr></table>
<p align="center">&copy; 2016 - <?= date('Y', $now) ?> Dinas Contoh</p></body></html>
