package midge.sensors;

import midge.profile.DeviceModuleGate;

class DeviceProfileTest extends DeviceModuleGate {}
