<?php get_header(); the_post(); ?><h1><?php the_title(); ?></h1>
<p class="info">Diposting pada <?php echo get_the_date('l, j F Y'); ?> pukul <?php the_time('H.i'); ?> WITA</p>
<?php the_content(); get_footer();
