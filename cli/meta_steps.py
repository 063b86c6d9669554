"""What an officer clicks at Meta, step by step, in Indonesian: data, for `denyut meta setup`."""

from dataclasses import dataclass

__all__ = ["STEPS", "Step"]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do, and how."""

    title: str
    lines: tuple[str, ...]


STEPS = (
    Step(
        "Akun Instagram Diskominfo menjadi akun profesional",
        (
            "Di ponsel: Instagram > Setelan > Jenis akun dan fitur > Beralih ke akun profesional > Bisnis.",
            "Hubungkan dengan Halaman Facebook Diskominfo: Edit profil > Halaman.",
            "Akun OPD yang dinilai juga harus akun profesional (Bisnis atau Kreator) dan tidak privat;",
            "akun pribadi tidak terlihat oleh API dan tercatat 'not visible'.",
        ),
    ),
    Step(
        "Portofolio bisnis",
        (
            "Buka https://business.facebook.com > Setelan > Info bisnis.",
            "Tambahkan Halaman dan akun Instagram Diskominfo: Akun > Halaman, Akun > Akun Instagram.",
            "Minta OPD membagikan Halaman Facebook-nya: Akun > Halaman > Tambah > Minta akses ke Halaman,",
            "cukup dengan izin melihat konten. Halaman yang tidak dibagikan tercatat 'not permitted'.",
        ),
    ),
    Step(
        "Aplikasi",
        (
            "Buka https://developers.facebook.com/apps > Buat aplikasi > jenis Bisnis,",
            "lalu pilih portofolio tadi.",
            "Setelan > Dasar: catat ID Aplikasi dan Kunci Rahasia Aplikasi.",
            "Setelan > Lanjutan > Keamanan: nyalakan 'Require App Secret'.",
            "Untuk Halaman yang tidak dibagikan, ajukan Page Public Content Access: Tinjauan Aplikasi.",
        ),
    ),
    Step(
        "Pengguna sistem dan token",
        (
            "Kembali ke https://business.facebook.com > Setelan > Pengguna > Pengguna sistem > Tambah.",
            "Tetapkan aset: aplikasi (kelola), Halaman dan akun Instagram (lihat konten).",
            "Buat token baru > pilih aplikasi > masa berlaku 'Tidak pernah' > centang:",
            "  instagram_basic, instagram_manage_insights, pages_show_list,",
            "  pages_read_engagement, pages_read_user_content",
            "Salin token sekali itu saja; jangan kirim lewat WhatsApp atau surel.",
        ),
    ),
    Step(
        "Nomor akun Instagram Diskominfo",
        (
            "Di https://business.facebook.com > Setelan > Akun > Akun Instagram > pilih akun:",
            "nomor panjang berawalan 1784 di bawah namanya.",
        ),
    ),
    Step(
        "Menyimpan token di komputer ini",
        (
            "Buat berkas yang hanya dapat dibaca pemiliknya: install -m 600 /dev/null token.toml",
            "Isi dengan penyunting teks:",
            "  [diskominfo]",
            '  token = "…"',
            '  kind = "system user"',
            '  app_id = "…"',
            '  app_secret = "…"',
            '  instagram_user_id = "1784…"',
            "Lalu: export DENYUT_TOKENS_FILE=token.toml",
            "Jangan menulis token di baris perintah: baris itu terlihat oleh pengguna lain.",
        ),
    ),
)
