package midge.profile;

class DeviceProfileTest extends DeviceModuleGate {}
