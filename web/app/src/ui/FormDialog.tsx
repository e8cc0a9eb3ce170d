import { Form, Modal } from 'antd'
import { type ReactNode, useEffect, useRef, useState } from 'react'

/** A dialog that asks for a few things, then hands over what was filled in. */
export function FormDialog<Filled extends object>({
  title,
  busy,
  initial,
  children,
  onOk,
  onClose,
}: {
  title: string
  busy: boolean
  initial?: Partial<Filled> | undefined
  children: ReactNode
  onOk: (filled: Filled) => void
  onClose: () => void
}) {
  const [form] = Form.useForm<Filled>()
  const fields = useRef<HTMLDivElement>(null)
  useBack()
  return (
    <Modal
      open
      title={title}
      okText={title}
      confirmLoading={busy}
      onOk={() => form.submit()}
      onCancel={onClose}
      afterOpenChange={(open) => open && begin(fields.current)}
    >
      <div ref={fields}>
        <Form form={form} layout="vertical" onFinish={onOk} {...(initial && { initialValues: initial })}>
          {children}
        </Form>
      </div>
    </Modal>
  )
}

/** With the dialog gone, the keyboard goes on where it was opened, or at the page's beginning. */
function useBack() {
  const [from] = useState(() => document.activeElement)
  useEffect(
    () => () => {
      if (document.activeElement !== document.body) return
      const there = from?.isConnected ? from : document.getElementById('content')
      if (there instanceof HTMLElement) there.focus()
    },
    [from],
  )
}

/** Writing begins in the first field, without a tap or a Tab. */
const begin = (box: HTMLElement | null) =>
  box?.querySelector<HTMLElement>('input:not([disabled]), textarea:not([disabled])')?.focus()
