The main code of this module is compiled against the CLDC 1.1 API; see docs/device-profile.md.
