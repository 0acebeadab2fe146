package midge.hal;

import midge.profile.DeviceModuleGate;

class DeviceProfileTest extends DeviceModuleGate {}
