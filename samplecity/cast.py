"""The offices of the city: who they are, what they run, how often they publish, and how they behave."""

from dataclasses import dataclass
from enum import Enum, auto

from samplecity.office import Build

__all__ = ["CAST", "CastRole", "Trick"]


class Trick(Enum):
    """What is out of the ordinary about an office."""

    BACK_DATES = auto()
    FLOODS = auto()
    TEN_NIGHTS_DOWN = auto()
    DOWN = auto()
    RENAMES = auto()
    HACKED = auto()
    DEAD = auto()
    LONG_DEAD = auto()
    FADES = auto()
    REFUSES_ROBOTS = auto()
    PERSONAL_INSTAGRAM = auto()
    PAGE_NOT_SHARED = auto()
    HIDES_LIKES = auto()
    JUDGES = auto()
    COPIES = auto()
    DELETES = auto()
    GREETS = auto()
    REDATES = auto()


@dataclass(frozen=True, slots=True)
class CastRole:
    """One office as the city is told to play it.

    Attributes:
        website, instagram, facebook: posts a week; 0 is no account there.
        rest: weekdays without posts, Monday is 0.
        facebook_of: an office with the same rhythm there, to the minute: the one deliberate tie.
    """

    slug: str
    short: str
    name: str
    level: str
    build: Build | None
    website: float
    instagram: float
    facebook: float
    tricks: tuple[Trick, ...] = ()
    rest: tuple[int, ...] = (6,)
    facebook_of: str = ""


# Two lines a role: who it is; then the build, posts a week on website, Instagram, Facebook, and the rest.
# fmt: off
CAST: tuple[CastRole, ...] = (
    CastRole("diskominfo", "Diskominfo", "Dinas Komunikasi dan Informatika", "skpd",
         Build.WORDPRESS, 6, 6, 6.5, tricks=(Trick.JUDGES,)),
    CastRole("dinkes", "Dinkes", "Dinas Kesehatan", "skpd",
         Build.WORDPRESS, 5, 5, 4.5, rest=(5, 6)),
    CastRole("disdik", "Disdik", "Dinas Pendidikan", "skpd",
         Build.BLOGGER, 4, 2.5, 3.5),
    CastRole("disdukcapil", "Disdukcapil", "Dinas Kependudukan dan Pencatatan Sipil", "skpd",
         Build.JOOMLA, 3, 4, 2.5),
    CastRole("dinsos", "Dinsos", "Dinas Sosial", "skpd",
         Build.PORTAL, 2.5, 1.5, 2, tricks=(Trick.REDATES,)),
    CastRole("dishub", "Dishub", "Dinas Perhubungan", "skpd",
         Build.RELATIVE, 1.5, 3, 1.6, tricks=(Trick.HIDES_LIKES,)),
    CastRole("dlh", "DLH", "Dinas Lingkungan Hidup", "skpd",
         Build.STATIC, 2, 2, 1.2, tricks=(Trick.TEN_NIGHTS_DOWN,)),
    CastRole("dpupr", "DPUPR", "Dinas Pekerjaan Umum dan Penataan Ruang", "skpd",
         Build.WORDPRESS_CLOSED, 0.5, 3.5, 0.9, tricks=(Trick.RENAMES,)),
    CastRole("disdag", "Disdag", "Dinas Perdagangan", "skpd",
         Build.WORDPRESS_CLOSED, 1, 1, 0.7, tricks=(Trick.HACKED,)),
    CastRole("bkpsdm", "BKPSDM", "Badan Kepegawaian Daerah", "skpd",
         Build.JOOMLA_BARE, 2, 0.8, 0, tricks=(Trick.DEAD,)),
    CastRole("dispora", "Dispora", "Dinas Pemuda dan Olahraga", "skpd",
         Build.WORDPRESS, 3, 4.5, 3, tricks=(Trick.DOWN,)),
    CastRole("bapperida", "Bapperida", "Badan Perencanaan Daerah", "skpd",
         Build.MAINTENANCE, 2, 0.6, 0.5, tricks=(Trick.PAGE_NOT_SHARED,)),
    CastRole("satpolpp", "Satpol PP", "Satuan Polisi Pamong Praja", "skpd",
         Build.WORDPRESS, 2, 5.5, 4, tricks=(Trick.REFUSES_ROBOTS,)),
    CastRole("disbudpar", "Disbudpar", "Dinas Kebudayaan dan Pariwisata", "skpd",
         Build.BLOGGER, 0.6, 7, 1.4, tricks=(Trick.FLOODS,)),
    CastRole("damkar", "Damkar", "Dinas Pemadam Kebakaran", "skpd",
         None, 0, 6.5, 5.5),
    CastRole("dpmptsp", "DPMPTSP", "Dinas Penanaman Modal dan Pelayanan Terpadu", "skpd",
         Build.RELATIVE, 1.2, 0, 1.1, tricks=(Trick.FADES, Trick.GREETS)),
    CastRole("kel-sungai-jernih", "Kel. Sungai Jernih", "Kelurahan Sungai Jernih", "kelurahan",
         Build.OPENSID, 2, 3, 3),
    CastRole("kel-pasar-pagi", "Kel. Pasar Pagi", "Kelurahan Pasar Pagi", "kelurahan",
         Build.BLOGGER, 1, 2, 1.5),
    CastRole("kel-bukit-kenanga", "Kel. Bukit Kenanga", "Kelurahan Bukit Kenanga", "kelurahan",
         Build.OPENSID_BARE, 1.5, 1.5, 2.5),
    CastRole("kel-teluk-mutiara", "Kel. Teluk Mutiara", "Kelurahan Teluk Mutiara", "kelurahan",
         Build.PORTAL, 0.4, 1, 1, tricks=(Trick.BACK_DATES,)),
    CastRole("kel-karang-melati", "Kel. Karang Melati", "Kelurahan Karang Melati", "kelurahan",
         Build.WORDPRESS, 3, 2.5, 2, tricks=(Trick.DELETES,)),
    CastRole("kel-kebun-raya", "Kel. Kebun Raya", "Kelurahan Kebun Raya", "kelurahan",
         Build.JOOMLA_BARE, 0.7, 0.5, 0.6),
    CastRole("kel-tanjung-sari", "Kel. Tanjung Sari", "Kelurahan Tanjung Sari", "kelurahan",
         Build.RELATIVE, 0.5, 0.8, 0.6, facebook_of="kel-kebun-raya"),
    CastRole("kel-mekar-arum", "Kel. Mekar Arum", "Kelurahan Mekar Arum", "kelurahan",
         Build.BLOGGER, 1, 0.6, 0.8, tricks=(Trick.LONG_DEAD,)),
    CastRole("kel-sumber-rejeki", "Kel. Sumber Rejeki", "Kelurahan Sumber Rejeki", "kelurahan",
         Build.WORDPRESS_CLOSED, 0.8, 1.2, 3.5, tricks=(Trick.PERSONAL_INSTAGRAM, Trick.COPIES)),
    CastRole("kel-pulau-bunga", "Kel. Pulau Bunga", "Kelurahan Pulau Bunga", "kelurahan",
         None, 0, 0, 1.2),
    CastRole("kel-cendana", "Kel. Cendana", "Kelurahan Cendana", "kelurahan",
         Build.STATIC, 1.2, 3.5, 0),
)
# fmt: on
