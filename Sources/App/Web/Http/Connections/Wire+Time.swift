import NIOCore

/// How long a client may take: for each part of a request, and to take what it is given.
extension Wire {
    func arm(_ deadline: NIODeadline) {
        self.deadline = deadline
        wake(at: deadline)
    }

    func armBody() {
        receivedBefore = received
        arm(min(.now() + limits.body, began + limits.wholeBody))
    }

    /// One timer for everything. Where it goes off too early it is set anew, which is seldomer than a request.
    func wake(at time: NIODeadline) {
        if let timer {
            guard time < timer.at else { return }
            timer.task.cancel()
        }
        guard let context else { return }
        timer = (time, context.eventLoop.assumeIsolated().scheduleTask(deadline: time) { self.timeHasCome() })
    }

    private func timeHasCome() {
        timer = nil
        guard let context else { return }
        let now = NIODeadline.now()
        if let taking, taking.until <= now {
            let left = untaken(context)
            if left == 0 {
                self.taking = nil
                if phase == .idle { seat?.rest() }
            } else if written - left - taking.before >= least(in: limits.answer) {
                self.taking = (written - left, now + limits.answer)
            } else {
                return context.close(promise: nil)
            }
        }
        if let deadline, deadline <= now { phaseIsTooLong(context, now) }
        let next = [deadline, taking?.until].compactMap(\.self).min()
        if self.context != nil, let next { wake(at: next) }
    }

    private func phaseIsTooLong(_ context: ChannelHandlerContext, _ now: NIODeadline) {
        switch phase {
        case .idle where turnsAway: refuse(.busy)
        // Whoever still takes the last answer has its own time for that.
        case .idle where taking != nil && untaken(context) > 0: arm(now + limits.idle)
        case .idle, .over: context.close(promise: nil)
        case .head: refuse(.tooSlow)
        case .body where isStopping || now >= began + limits.wholeBody: refuse(.tooSlow)
        case .body where received - receivedBefore >= least(in: limits.body): armBody()
        case .body: refuse(.tooSlow)
        case .answering: deadline = nil
        }
    }

    private func least(in time: TimeAmount) -> Int {
        Int(Double(time.nanoseconds) / 1_000_000_000 * Double(limits.leastRate))
    }
}
