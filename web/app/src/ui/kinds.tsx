import {
  ApartmentOutlined,
  AppstoreOutlined,
  BankOutlined,
  BulbOutlined,
  EnvironmentOutlined,
  ExperimentOutlined,
  HomeOutlined,
  RiseOutlined,
  TeamOutlined,
} from '@ant-design/icons'
import type { ReactNode } from 'react'
import { KINDS } from './kinds.words'

const ICONS: Record<string, ReactNode> = {
  locality: <EnvironmentOutlined />,
  enterprise: <BankOutlined />,
  expert: <TeamOutlined />,
  carrier: <HomeOutlined />,
  institute: <ExperimentOutlined />,
  prospect: <RiseOutlined />,
  platform: <ApartmentOutlined />,
  need: <BulbOutlined />,
}

export const kindId = (kind: string): string => (KINDS as Record<string, string>)[kind] ?? ''

export const kindIcon = (kind: string): ReactNode => ICONS[kindId(kind)] ?? <AppstoreOutlined />
