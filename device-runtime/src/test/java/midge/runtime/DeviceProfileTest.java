package midge.runtime;

import midge.profile.DeviceModuleGate;

class DeviceProfileTest extends DeviceModuleGate {}
