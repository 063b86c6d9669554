"""Which engine runs a build."""

from collections.abc import Mapping

from samplecity.engines import blogger, joomla, maintenance, opensid, portal, relative, static, wordpress
from samplecity.engines.engine import Engine
from samplecity.office import Build

__all__ = ["ENGINES"]

ENGINES: Mapping[Build, Engine] = {
    Build.WORDPRESS: wordpress.OPEN,
    Build.WORDPRESS_CLOSED: wordpress.CLOSED,
    Build.BLOGGER: blogger.ENGINE,
    Build.JOOMLA: joomla.WITH_FEED,
    Build.JOOMLA_BARE: joomla.BARE,
    Build.OPENSID: opensid.WITH_FEED,
    Build.OPENSID_BARE: opensid.BARE,
    Build.PORTAL: portal.ENGINE,
    Build.RELATIVE: relative.ENGINE,
    Build.STATIC: static.ENGINE,
    Build.MAINTENANCE: maintenance.ENGINE,
}
