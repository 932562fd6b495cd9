-- Applies one change to one job: the job, its event and the outbox entry, together or not at all.
--
-- KEYS: the job (hash), its events (stream, ids <sequence>-0), its shard's outbox (stream).
-- ARGV: names and values in turns. `op` is issue, reject or progress; `ttl` is in milliseconds.
-- Answers APPLIED, UNCHANGED, FOREIGN (another user's) or ABSENT, and after `answer` the job itself.
local job_key, events_key, outbox_key = KEYS[1], KEYS[2], KEYS[3]

local function pairs_of(flat)
  local map = {}
  for i = 1, #flat, 2 do
    map[flat[i]] = flat[i + 1]
  end
  return map
end

local function names_in(text)
  local names = {}
  for name in string.gmatch(text or '', '[^,]+') do
    names[#names + 1] = name
  end
  return names
end

local function without(names, name)
  local rest = {}
  for _, other in ipairs(names) do
    if other ~= name then
      rest[#rest + 1] = other
    end
  end
  return rest
end

local change = pairs_of(ARGV)
local job = pairs_of(redis.call('HGETALL', job_key))
local exists = next(job) ~= nil

local function answer(outcome)
  if change.answer then
    return {outcome, redis.call('HGETALL', job_key)}
  end
  return {outcome}
end

local function store(fields)
  for name, value in pairs(fields) do
    job[name] = value
    redis.call('HSET', job_key, name, value)
  end
end

-- Appends what happened to the job's own stream and to the outbox, and starts the expiry anew.
local function happened(action, step, code)
  if not exists then
    redis.call('DEL', events_key) -- a leftover would refuse the first sequence
  end
  local sequence = (tonumber(job.sequence) or 0) + 1
  store({sequence = sequence, expires_at = tonumber(change.now) + tonumber(change.ttl)})
  local token = ''
  if job.state == 'SUCCEEDED' or job.state == 'FAILED' then
    token = job.token or ''
  end
  local event = {
    'sequence', sequence, 'state', job.state, 'progress', job.progress, 'action', action,
    'step', step or '', 'code', code or '', 'token', token, 'at', change.at,
    'traceparent', change.traceparent or ''
  }
  redis.call('XADD', events_key, sequence .. '-0', unpack(event))
  redis.call('XADD', outbox_key, '*', 'job', change.job, 'user', job.user, 'kind', job.kind or '',
    'subject', job.subject or '', 'tenant', change.tenant, 'cause', change.cause or '',
    'position', change.position or '', unpack(event))
  redis.call('PEXPIRE', job_key, change.ttl)
  redis.call('PEXPIRE', events_key, change.ttl)
end

local function ended(state, code)
  store({
    state = state, progress = 100, code = code or '', token = change.token or '',
    completed_at = change.at
  })
end

local function issue()
  if exists and job.user ~= change.user then
    return 'FOREIGN'
  end
  if exists and not job.refused then
    -- Its work began before the job was opened: only what the opening alone knows is missing.
    if not job.issued_at then
      store({kind = change.kind, issued_at = change.at})
    end
    return 'UNCHANGED'
  end
  -- A refused command may be tried again under the same key, and is then decided afresh.
  redis.call('HDEL', job_key, 'refused', 'completed_at')
  store({
    user = change.user, kind = change.kind, issued_at = change.at, state = 'ISSUED', progress = 0,
    code = ''
  })
  happened('issued')
  return 'APPLIED'
end

local function reject()
  if not exists then
    return 'ABSENT'
  end
  if job.user ~= change.user then
    return 'FOREIGN'
  end
  if job.state ~= 'ISSUED' then
    return 'UNCHANGED'
  end
  ended('FAILED', change.code)
  store({refused = 1})
  happened('rejected', '', change.code)
  return 'APPLIED'
end

local function share_done()
  local all = #names_in(job.steps)
  if all == 0 then
    return tonumber(job.progress) or 0
  end
  -- 100 means ended, and the last step's completion is not the end yet.
  return math.min(99, math.floor(100 * #names_in(job.done) / all))
end

local advance = {
  ['started'] = function()
    store({state = 'RUNNING', steps = change.steps or '', done = '', progress = 0})
  end,
  ['step-requested'] = function()
    store({state = 'RUNNING'})
  end,
  ['step-completed'] = function()
    local done = without(names_in(job.done), change.step)
    done[#done + 1] = change.step
    store({state = 'RUNNING', done = table.concat(done, ',')})
    store({progress = share_done()})
  end,
  ['step-failed'] = function() end,
  ['compensation-requested'] = function()
    store({state = 'COMPENSATING'})
  end,
  ['compensation-completed'] = function()
    local done = without(names_in(job.done), change.step)
    store({state = 'COMPENSATING', done = table.concat(done, ',')})
  end,
  ['completed'] = function()
    ended('SUCCEEDED')
  end,
  ['compensated'] = function()
    ended('FAILED', change.code)
  end,
  ['stuck'] = function()
    store({state = 'STUCK', code = change.code or ''})
  end
}

local function progress()
  -- Told again, long after: its job has been and gone, or would be gone by now.
  if not exists and tonumber(change.at) + tonumber(change.ttl) <= tonumber(change.now) then
    return 'UNCHANGED'
  end
  if job.revision and tonumber(change.revision) <= tonumber(job.revision) then
    return 'UNCHANGED'
  end
  -- Whoever the saga names owns the job, and what it tells overrides a refusal.
  local ended_before = job.state == 'SUCCEEDED' or job.state == 'FAILED'
  store({revision = change.revision, user = change.user, subject = change.subject})
  if not exists or ended_before then
    redis.call('HDEL', job_key, 'refused', 'completed_at')
    store({state = 'RUNNING', progress = 0, code = '', token = ''})
  end
  advance[change.action]()
  happened(change.action, change.step, change.code)
  return 'APPLIED'
end

local apply = {issue = issue, reject = reject, progress = progress}
return answer(apply[change.op]())
