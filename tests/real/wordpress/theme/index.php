<?php get_header(); while (have_posts()) { the_post(); ?>
<div class="post"><h2><a href="<?php the_permalink(); ?>"><?php the_title(); ?></a></h2>
<p class="info">Diposting pada <?php echo get_the_date('l, j F Y'); ?> oleh admin</p><?php the_excerpt(); ?></div>
<?php } posts_nav_link(' ', 'Sebelumnya', 'Berita lainnya'); get_footer();
