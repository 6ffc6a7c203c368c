import type { ClassTexts } from './definition.ts';

/** Network adapters, clients and protocols (SMS_G_System_…). */
export const networkClasses: ClassTexts = {
  NETWORK_ADAPTER: {
    string: `AdapterType Caption Description DeviceID ErrorDescription MACAddress Manufacturer MaxSpeed Name
      NetConnectionID NetworkAddresses PermanentAddress PNPDeviceID PowerManagementCapabilities
      ProductName ServiceName Speed Status SystemName`,
    integer: `AdapterTypeID AutoSense Availability ConfigManagerErrorCode ConfigManagerUserConfig ErrorCleared
      Index Installed LastErrorCode MaxNumberControlled NetConnectionStatus NetEnabled PhysicalAdapter
      PowerManagementSupported StatusInfo`,
    datetime: 'InstallDate TimeOfLastReset',
  },
  NETWORK_ADAPTER_CONFIGURATION: {
    string: `Caption DatabasePath DefaultIPGateway Description DHCPServer DNSDomain DNSDomainSuffixSearchOrder
      DNSHostName DNSServerSearchOrder GatewayCostMetric IPAddress IPSecPermitIPProtocols IPSecPermitTCPPorts
      IPSecPermitUDPPorts IPSubnet IPXAddress IPXFrameType IPXNetworkNumber IPXVirtualNetNumber MACAddress
      ServiceName SettingID WINSHostLookupFile WINSPrimaryServer WINSScopeID WINSSecondaryServer`,
    integer: `ArpAlwaysSourceRoute ArpUseEtherSNAP DeadGWDetectEnabled DefaultTOS DefaultTTL DHCPEnabled
      DNSEnabledForWINSResolution DomainDNSRegistrationEnabled ForwardBufferMemory FullDNSRegistrationEnabled
      IGMPLevel Index IPConnectionMetric IPEnabled IPFilterSecurityEnabled IPPortSecurityEnabled
      IPUseZeroBroadcast IPXEnabled IPXMediaType KeepAliveInterval KeepAliveTime MTU NumForwardPackets
      PMTUBHDetectEnabled PMTUDiscoveryEnabled TcpipNetbiosOptions TcpMaxConnectRetransmissions
      TcpMaxDataRetransmissions TcpNumConnections TcpUseRFC1122UrgentPointer TcpWindowSize
      WINSEnableLMHostsLookup InterfaceIndex`,
    datetime: 'DHCPLeaseExpires DHCPLeaseObtained',
  },
  NETWORK_CLIENT: {
    string: 'Caption Description Manufacturer Name Status',
    datetime: 'InstallDate',
  },
  NETWORK_LOGIN_PROFILE: {
    string: `Caption Comment Description FullName HomeDirectory HomeDirectoryDrive LogonHours LogonServer
      Name Parameters PasswordAge Profile ScriptPath SettingID UserComment UserType Workstations`,
    integer: `AuthorizationFlags BadPasswordCount CodePage CountryCode Flags MaximumStorage NumberOfLogons
      PrimaryGroupId Privileges UnitsPerWeek UserId`,
    datetime: 'AccountExpires LastLogoff LastLogon PasswordExpires',
  },
  PROTOCOL: {
    string: 'Caption Description Name Status',
    integer: `ConnectionlessService GuaranteesDelivery GuaranteesSequencing MaximumAddressSize
      MaximumMessageSize MessageOriented MinimumAddressSize PseudoStreamOriented SupportsBroadcasting
      SupportsConnectData SupportsDisconnectData SupportsEncryption SupportsExpeditedData
      SupportsFragmentation SupportsGracefulClosing SupportsGuaranteedBandwidth SupportsMulticasting
      SupportsQualityofService`,
    datetime: 'InstallDate',
  },
  ADVANCED_CLIENT_PORTS: {
    string: 'InstanceKey',
    integer: 'HttpPort HttpsPortName PortNumber PortName',
  },
  ADVANCED_CLIENT_SSL_CONFIGURATIONS: {
    string: 'CertificateSelectionCriteria CertificateStore InstanceKey InternetMPHostName',
    integer: 'ClientAlwaysOnInternet HttpsStateFlags SelectFirstCertificate',
  },
};
