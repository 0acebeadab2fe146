package midge.mqttsn;

import midge.profile.DeviceModuleGate;

class DeviceProfileTest extends DeviceModuleGate {}
