<!DOCTYPE html><html lang="id"><head><meta charset="utf-8"><title><?php wp_title(); ?></title>
<?php wp_head(); ?></head><body><p><a href="<?php echo home_url('/'); ?>">Beranda</a></p>
<p>Hari ini <?php echo wp_date('l, j F Y H:i:s'); ?></p>
