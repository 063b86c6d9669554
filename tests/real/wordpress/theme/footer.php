<p>Hak cipta 2019 Kelurahan Contoh</p><?php wp_footer(); ?></body></html>
