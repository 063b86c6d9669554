"""Names that are nobody's account: pages of the platforms' own, and words that people type into a cell."""

import re
from typing import Final

__all__ = ["is_reserved"]

_PAGES: Final = frozenset(
    """
    404 about accessibility account accountquality accounts ad_center adpreferences ads ads_manager
    adsmanager ajax album albums analytics android api app appcenter apps ar archive asset assets audio auth
    badges billing billing_hub blog bookings bookmarks brand branded_content business business_locations
    business_manager campaign campaigns careers challenge channel channels chat checkpoint city clips
    collections comment comments commerce commerce_manager community composer connect contact
    contact-importer content content_management cookie cookies create creator creators creatorstudio
    crisisresponse dating deactivate debug deeplink developer developers dialog direct directory discover
    docs download duo edit email emails embed error event events events_manager explore facebook facebookapp
    fantasy_games favorites favourites fb fbml fbwatch feed feedback feeds file files find-friends flx
    follow followers following friend friends friends_center fundraiser fundraisers games gaming gamingvideo
    graph graphql group groups guide guides hashtag hashtags help highlights history home html ig igtv
    imprint inbox index info insights insta instagram instagramapp install intern invite invites ios
    itsupport jobs kindle latest lead_gen legal library like likes lite live live_videos livevideo location
    locations login login_identify logout manager map maps marketplace media meet memories mention mentions
    message messages messaging messenger messenger_media meta metaai mobile music my nametag nearby network
    news newsfeed note notes notification notifications nt oauth oculus oculusvr offer offers onthisday
    openid optout order orders page pages partner password pay payments people permalink photo photos place
    places planner platform play plugins policies policy poll popular post posts press privacy privacy_center
    private professional_dashboard profile profiles promote public qr questions reactions recover redirect
    reel reels reg register report reset rooms rsrc rsvp safety save saved search security select session
    settings setup share shared sharer shop shopping shops shortcuts signin signup sitemap sticker stickers
    store stories story suggested support survey tag tagged tags terms threads timeline tools topic topics
    topsocialplugin tos translations transparency tr trending trust tv u ufi unsupportedbrowser update upload
    user username users v verified video videos view votinginformationcenter wall warn watch watchlist
    weather web welcome whatsapp work workplace your_activity
    """.split()  # noqa: SIM905 - three hundred words
)
_WORDS: Final = frozenset(
    """
    a ada aktif akun alamat anonim baru belum beranda buka buttons cari cek click coba contoh daftar dalam
    dan data default di disini disitu ditto dll email error example facebook.com false gmail halaman hapus
    here http https ibid idem ikuti ini instagram.com itu iya kami kita klik kosong kunjungi lama laman
    lihat link linkedin links linktree lokasi me media-sosial mediasosial medsos menyusul n.a nama name nan
    nanti nihil nil no nol nomor non-aktif nonaktif null number ok oke open pending pribadi private profil
    proses punya ref resmi sama sda sdh sementara situs sosial sosmed sudah tautan tba tbd tdk telegram
    telepon terlampir tes test tidak tik-tok tiktok todo true tutup twitter undefined unknown untitled url
    visit wa web website whatsapp.com www x xx xxx ya yes you youtube zzz
    """.split()  # noqa: SIM905 - as above
)
_PROGRAM: Final = re.compile(r".*\.(?:php|html?|aspx?|jsp|js|css|json|xml)|v\d+\.\d+")


def is_reserved(name: str) -> bool:
    """Tell whether a name in small letters is a platform's page or a plain word, and so no office's account.

    >>> is_reserved("sharer"), is_reserved("l.php"), is_reserved("link"), is_reserved("dinkesbjm")
    (True, True, True, False)
    """
    return len(name) < 2 or name in _PAGES or name in _WORDS or _PROGRAM.fullmatch(name) is not None
