<?php
// What an office's webmaster writes in SPIP: a section a category, articles in them, and pages in one more.
chdir(__DIR__);
require_once __DIR__ . '/vendor/autoload.php';
include_once __DIR__ . '/ecrire/inc_version.php';
include_spip('base/abstract_sql'); include_spip('inc/config'); include_spip('inc/rubriques'); include_spip('inc/invalideur');
include_spip('inc/filtres');
$seed = json_decode(file_get_contents('php://stdin'), true);

function section($title) {
    $known = sql_getfetsel('id_rubrique', 'spip_rubriques', 'titre=' . sql_quote($title));
    if ($known) { return $known; }
    $id = sql_insertq('spip_rubriques', array('titre' => $title, 'id_parent' => 0, 'statut' => 'publie', 'lang' => 'id',
        'date' => '2025-01-02 09:00:00', 'profondeur' => 0));
    sql_updateq('spip_rubriques', array('id_secteur' => $id), "id_rubrique=$id");
    return $id;
}

function article($section, $title, $lead, $text, $at) {
    $id = sql_insertq('spip_articles', array('titre' => $title, 'id_rubrique' => $section, 'id_secteur' => $section,
        'chapo' => $lead, 'texte' => $text, 'date' => $at, 'date_modif' => $at, 'maj' => $at, 'statut' => 'publie', 'lang' => 'id'));
    sql_insertq('spip_auteurs_liens', array('id_auteur' => 1, 'id_objet' => $id, 'objet' => 'article'));
    return $id;
}

if (!sql_countsel('spip_rubriques')) {
    ecrire_meta('nom_site', 'Kelurahan Contoh'); ecrire_meta('langue_site', 'id'); ecrire_meta('adresse_site', '@url@');
    ecrire_meta('urls_etendues_actives', 'oui');
    include_spip('inc/plugin'); actualise_plugins_actifs();
    sql_updateq('spip_auteurs', array('nom' => 'Admin'), 'id_auteur=1');
    foreach ($seed['standing'] as $page) { article(section('Kantor'), $page['title'], '', $page['body'], '2025-01-02 09:00:00'); }
}
$addresses = array();
foreach ($seed['posts'] as $post) {
    $id = article(section($post['category']), $post['title'], $post['lead'], $post['body'], $post['at']);
    $addresses[$post['slug']] = "@url@/spip.php?article$id";
}
foreach ($seed['changes'] as $change) {
    $id = (int) preg_replace('/.*article/', '', $change['address']);
    $new = $change['title'] === null ? array('statut' => 'poubelle') : array('titre' => $change['title'], 'maj' => $change['at'], 'date_modif' => $change['at']);
    sql_updateq('spip_articles', $new, "id_article=$id");
}
calculer_rubriques(); purger_repertoire(_DIR_CACHE);
fwrite(STDOUT, "\n" . json_encode((object) $addresses));
