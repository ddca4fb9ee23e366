### 화면에 나오는 한국어입니다. 문법은 Project Fluent(https://projectfluent.org)입니다.
###
### 항목의 자리와 { $이름 }의 뜻은 en.ftl의 주석에 있습니다. 띄어 쓴 곳에서 줄을 바꿀 수 있습니다.
###
### 값 뒤의 조사는 PARTICLE이 고릅니다. 예: { $value }{ PARTICLE($value, "을/를") }. 받침이 있을 때의
### 꼴을 먼저 적습니다(은/는, 이/가, 을/를, 과/와, 으로/로, 이라는/라는).
###
### 수식은 역따옴표 사이에 적습니다: `∂L/∂H⁽ᵗ⁾`. 글자 하나도 수식입니다: `H`, `t`.

## 언어

language-name = 한국어
language = 언어

## 계산을 시작하는 글과 시드: 번역하지 않고 고릅니다

first-text = 나는 그 영화가 정말 좋지 않았다
first-seed = 242
first-set = opinions-ko
long-text = 그 영화는 처음에는 정말 좋았지만 뒤로 갈수록 지루해져서 끝내 조금도 좋지 않았다
letters-text = 도레미 도레미 도
label-negative = 부정
label-neutral = 중립
label-positive = 긍정

## 화면 위쪽

tagline = 순환 신경망의 정방향 계산을 타임 스텝별로 따라가고, 그레이디언트가 시간을 거슬러 전파되는 과정을 살펴봅니다.
views = 화면
view-score = 자유 실험
view-lesson = 수업
view-train = 훈련
view-chain = 야코비 행렬
view-laboratory = 실험실
menu = 메뉴
dark-theme = 어두운 테마
light-theme = 밝은 테마
undo = 실행 취소
redo = 다시 실행
rewind = 초기 가중치로 되돌리기
updates = 업데이트 { $count }회

## 실험 설정

experiment = 실험
examples = 예제
choose = 고르기 …
example-first = 영화 감상평
example-next-letter = 다음 글자 예측
example-small-weights = 그레이디언트 소실: 작은 `W₁ₕ`
example-saturated = 그레이디언트 소실: 포화된 tanh
example-exploding = 그레이디언트 폭발
example-carried = LSTM: 그레이디언트가 첫 타임 스텝까지 전달됨
example-parity = 숫자 입력: 지금까지 1의 개수가 홀수인가?
sequence = 시퀀스
time-step-is = 한 타임 스텝의 단위
one-token = 토큰이 하나뿐입니다. 글자를 타임 스텝으로 쓸까요?
take-characters = 글자로 나누기
word = 단어
character = 글자
number = 숫자
cell-kind = 순환층의 종류
more-cells = 더 보기
cell-tanh = tanh
cell-tanh-note = 기본 순환 신경망(Elman 1990)입니다. 가중합 하나에 tanh 함수를 적용합니다. 처음이라면 이것부터 시작하세요.
cell-relu = ReLU
cell-relu-note = tanh 대신 `max(0, z)`를 적용합니다. 위쪽으로 포화되지 않아서 은닉 상태가 한없이 커질 수 있습니다.
cell-sigmoid = 시그모이드
cell-sigmoid-note = tanh와 비슷하지만 값이 0과 1 사이입니다. 도함수가 최대 `1/4`이라서 그레이디언트가 더 빨리 소실됩니다.
cell-lstm = LSTM
cell-lstm-note = 상태가 둘, 게이트가 셋입니다. 여러 스텝에 걸쳐 기억해야 할 때 사용합니다.
cell-gru = GRU
cell-gru-note = 상태가 하나, 게이트가 둘이고 가중치가 LSTM보다 적습니다. 논문과 교과서의 형태입니다.
cell-gru-reset-after = GRU(곱한 뒤 리셋)
cell-gru-reset-after-note = PyTorch, Keras, cuDNN의 GRU입니다. 가중치를 곱한 다음에 리셋 게이트를 적용합니다. 프레임워크의 값과 비교할 때 사용하세요.
keep-bias = 유지 절편
start-state = 초기 상태
zeros = 모두 0
reduction = 손실 `L`
reduction-sum = 합
reduction-mean = 평균
target-of-step = 스텝 { $step }의 타깃
task = 과제
binary = 이진 분류
classes = 다중 분류
values = 회귀
binary-each = 스텝마다 이진 분류
classes-each = 스텝마다 다중 분류
values-each = 스텝마다 회귀
next-token = 다음 토큰 예측
labels = 레이블(쉼표로 구분)
target = 타깃 `y`
units = 셀 개수
fewer-units = 셀 줄이기
more-units = 셀 늘리기
spectral-radius-gated = 순환 가중치 행렬마다 초기 스펙트럼 반지름
spectral-radius = `W₁ₕ`의 초기 스펙트럼 반지름
real-radius = { $real }(초기 { $initial })
seed = 난수 시드
next-seed = 다음 시드
last-run-stays = 아래에는 마지막으로 성공한 계산 결과가 그대로 있습니다.
two-sentences = { $first } { $second }

## 방금 일어난 일

said-locked = 이 페이지에서는 바꿀 수 없도록 고정된 설정입니다.
weights-dropped =
    주어진 가중치나 훈련한 가중치가 새 초기 가중치로 바뀌었습니다. ‘실행 취소’를 누르면
    되돌아옵니다.
text-replaced =
    이제 스텝마다 수를 입력합니다. 글이 수 목록이 아니어서 다른 시퀀스로 바꾸었습니다. ‘실행 취소’를
    누르거나 단위를 되돌리면 글이 돌아옵니다.
no-lines =
    이 파일에는 훈련에 쓸 수 있는 줄이 없습니다. 한 줄에 시퀀스 하나를 쓰고 탭 다음에 목표를 쓰세요.
    줄마다 무엇이 잘못되었는지는 ‘내 시퀀스’에서 볼 수 있습니다.
unreadable = 읽을 수 없습니다. 실험(JSON)이나 신경망(safetensors, npz) 파일 하나를 선택하거나 끌어다 놓으세요.

## 실험에서 잘못된 것과 고치는 방법

problem-empty = 토큰을 하나 이상 입력하세요.
problem-nothing-to-predict = 토큰이 하나뿐이면 예측할 다음 토큰이 없습니다. 두 개 이상 입력하세요.
problem-too-long = 글이 너무 길어 읽을 수 없습니다. 몇 문장으로 줄이세요.
problem-too-many-tokens =
    화면에는 최대 { $most }타임 스텝까지 표시할 수 있습니다. 글을 줄이거나 단위를 단어로 바꾸세요.
problem-control-character = { $position }번째 문자가 제어 문자(U+{ $code })입니다. 지우세요.
problem-lone-modifier =
    { $position }번째 문자(U+{ $code })는 앞 문자를 꾸미는데 앞에 문자가 없습니다. 앞 문자를 먼저
    입력하거나 이 문자를 지우세요.
problem-unknown-token = 어휘 사전에 없는 토큰입니다: ‘{ $token }’. 다른 토큰을 입력하세요.
problem-list-length = 항목을 쉼표로 구분해 { $least }개에서 { $most }개까지 입력하세요.
problem-repeated-entry = 같은 항목이 두 번 있습니다: ‘{ $entry }’. 서로 다르게 입력하세요.
problem-empty-entry = { $number }번째 항목이 비어 있습니다. 내용을 입력하거나 남는 쉼표를 지우세요.
problem-out-of-range = { $name }: { $least }에서 { $most } 사이의 값을 입력하세요.
problem-too-small = { $name }: { $least } 이상의 값을 입력하세요.
problem-not-positive = { $name }: 0보다 큰 값을 입력하세요.
problem-no-such-part = { $cell }에는 없는 설정입니다: { $name }. 지우세요.
learning-rate = 학습률 `η`
truncation-window = TBPTT의 길이 `w`
clipping-threshold = 클리핑 임곗값 `c`
weight-in-file = 가중치 `{ $symbol }`, { $row }행 { $column }열
problem-overflow =
    계산한 값이 컴퓨터가 나타낼 수 있는 범위를 넘습니다. 가중치나 스펙트럼 반지름을 줄이세요.
problem-not-whole = 시드는 0부터 { $most }까지의 정수여야 합니다.
problem-not-target = ‘{ $found }’: 이 과제의 타깃이 아닙니다(스텝 { $step }). 타깃이 없는 스텝은 비워 두세요.
problem-not-numbers = ‘{ $found }’: 숫자 목록이 아닙니다. 0.5, −1처럼 쉼표로 구분해 입력하세요.
problem-target-count = 타깃은 { $found }개이고 스텝은 { $expected }개입니다. 스텝마다 타깃을 정하거나 비워 두세요.
problem-no-target = 적어도 한 스텝에는 타깃이 있어야 합니다.
problem-target-length = 스텝 { $entry }: 타깃 값이 { $found }개인데 첫 번째 타깃은 { $expected }개입니다. 개수를 맞추세요.
problem-initial-length = 초기 상태의 숫자가 { $found }개입니다. 셀마다 하나씩 { $expected }개를 입력하세요.
problem-not-a-number = 스텝 { $step }: ‘{ $part }’ 부분이 숫자가 아닙니다. 스텝마다 숫자를 쓰거나 1,0처럼 쉼표로 이어 쓰세요.
problem-comma = 스텝 { $step }: ‘{ $token }’에 쉼표가 더 있습니다. 지우세요.
problem-number-too-large = 스텝 { $step }: { $part } 값이 너무 큽니다. −1000000부터 1000000까지 입력할 수 있습니다.
problem-ragged = 스텝 { $step }의 숫자는 { $found }개인데 스텝 1은 { $expected }개입니다. 개수를 맞추세요.
problem-too-many-numbers = 한 스텝에는 숫자를 { $most }개까지 쓸 수 있습니다.
problem-no-vocabulary = 숫자에는 어휘 사전을 쓸 수 없습니다. 지우세요.
problem-no-next-token = 숫자는 다음 토큰을 예측할 수 없습니다. 다른 과제를 고르거나 타임 스텝의 단위를 바꾸세요.
problem-malformed = 실험 파일을 읽을 수 없습니다({ $reason }).

## 페이지 주소

address-too-long =
    링크가 너무 길어 읽지 못했습니다. 처음 화면을 보여 줍니다. 링크를 다시 받아 주세요.
address-value =
    링크의 { $key } 값 ‘{ $value }’ 때문에 이 항목을 무시했습니다. 링크를 고치거나 다시 받아 주세요.
address-experiment = 링크의 ‘{ $key }’ 설정을 무시했습니다. { $problem }
address-damaged =
    링크가 손상되어 ‘{ $key }’ 일부를 읽을 수 없습니다. 링크를 다시 받아 주세요.
address-inside =
    링크의 ‘{ $key }’ 값에 ‘{ $sign }{ $name }=’ 부분이 있습니다. 설정이라면 그 앞에 { $sign } 대신
    & 기호를 쓰세요.
address-twice = 링크의 ? 뒤와 # 뒤에 모두 설정이 있습니다. # 뒤의 설정만 사용했습니다.
address-nothing-left = 링크가 페이지의 모든 부분을 숨깁니다. ‘hide’에 쓴 부분을 줄이세요.
address-unknown = 링크에 없는 설정이 있어 무시했습니다: ‘{ $key }’.
address-unknown-nearest =
    링크에 없는 설정이 있어 무시했습니다: ‘{ $key }’. 혹시 ‘{ $nearest }’인가요?
address-repeated = 링크에 같은 설정이 여러 번 있어 첫 번째만 사용했습니다: ‘{ $key }’.
address-unused = ‘{ $beside }’ 설정에서는 쓰이지 않아 무시했습니다: ‘{ $key }’.
address-beyond = 이 시퀀스와 신경망에 없는 위치입니다: { $key } = ‘{ $value }’.
address-no-spaces =
    링크의 텍스트가 ‘{ $sign }’ 기호로 이어진 한 단어입니다. 띄어쓰기라면 링크에서 단어 사이에 +를
    쓰세요(%2B가 아님).

## 펼친 신경망의 줄

score = 펼친 신경망
time-step = 타임 스텝
move-token = 끌거나 Alt와 화살표 키를 누르면 자리를 옮깁니다
output = 출력
loss = 손실
predictions = 예측 확률
losses-averaged = 스텝 평균
losses-together = 모든 스텝의 합
prediction = 예측
bag = BoW 모델: { $prediction }
bag-note =
    같은 가중치를 쓰는 BoW(bag of words) 모델의 예측입니다. 단어를 먼저 더하므로 순서를 바꿔도
    예측이 같습니다
lane-output = 예측 `A₂`
lane-output-note = 스텝마다 `H·W₂ + b₂`로 구한 예측과 그 스텝의 손실
lane-hidden = 은닉 상태 `H`
lane-hidden-note = `tanh(X⁽ᵗ⁾·W₁ₓ + H⁽ᵗ⁻¹⁾·W₁ₕ + b₁)`
lane-error = 오차 `∂L/∂Z₁`
lane-error-note = `∂L/∂H ⊙ (1 − H²)`
lane-hidden-error = 그레이디언트 `∂L/∂H`
lane-hidden-error-note = 은닉 상태에 대한 그레이디언트: 스텝과 셀마다 손실이 변하는 정도
lane-truncated = 0: TBPTT로 전파를 멈춤
lane-norm = 노름 `‖∂L/∂H‖`
lane-norm-note = 스텝별 `∂L/∂H`의 노름: 이 스텝의 은닉 상태가 변할 때 손실이 변하는 정도
lane-w1x = `∂L/∂W₁ₓ`에 대한 기여
lane-w1x-note = 스텝마다 `X⁽ᵗ⁾ᵀ·∂L/∂Z₁⁽ᵗ⁾`, 그리고 그 합
lane-w1h = `∂L/∂W₁ₕ`에 대한 기여
lane-w1h-note = 스텝마다 `H⁽ᵗ⁻¹⁾ᵀ·∂L/∂Z₁⁽ᵗ⁾`, 그리고 그 합
lane-b1 = `∂L/∂b₁`에 대한 기여
lane-norm-short = 손실이 이 스텝에 따라 변하는 정도
lane-forget = 삭제 게이트 `F`
lane-forget-note = `1`이면 유지, `0`이면 삭제
lane-input = 입력 게이트 `I`
lane-input-note = `G`를 더하는 비율
lane-output-gate = 출력 게이트 `O`
lane-output-gate-note = `tanh(C)`를 `H`로 내보내는 비율
lane-reset = 리셋 게이트 `R`
lane-reset-note = 후보가 `H⁽ᵗ⁻¹⁾`을 쓰는 비율
lane-update = 업데이트 게이트 `U`
lane-update-note = `1`이면 `H⁽ᵗ⁻¹⁾` 유지, `0`이면 `G`로 교체
lane-candidate = 후보 `G`
lane-memory = 셀 상태 `C`
lane-sum = 가중합 `{ $symbol }`
lane-value = `{ $symbol }`
lane-error-of = 오차 `{ $symbol }`
lane-gradient-of = 그레이디언트 `{ $symbol }`
lane-gated-error-note = 점선 화살표는 가중치를 거친 값, 실선 화살표는 게이트만 곱해 곧바로 온 값
lane-memory-error-note = 스텝 `t + 1`에서 `F`만 곱해 곧바로, 그리고 이 스텝의 `H`에서
lane-arrival = `{ $symbol }`의 일부: { $rule }
lane-norm-of = 노름 `‖{ $symbol }‖`
lane-contributions-to = `{ $symbol }`에 대한 기여
lane-contributions-note = 스텝마다 `{ $rule }`, 그리고 그 합
opened = 셀 하나의 계산: 스텝 { $step }, 셀 { $unit }
opened-direction = 방향
opened-forward = 정방향
opened-backward = 역방향
after-text = 텍스트 다음
temperature = 온도
greedy = 0: 확률이 가장 높은 토큰
draw-again = 다시 뽑기
add-token = ‘{ $token }’ 덧붙이기
gate = 게이트
more-lanes = 다른 행({ $count })
lane-b1-note = 스텝마다 `∂L/∂Z₁⁽ᵗ⁾`, 그리고 그 합
contributions-to = 기여를 볼 가중치
sum-of-step = 합: 스텝 { $step }
sum-of-steps = 합: 스텝 { $first }–{ $last }
sum-not-begun = 합: 아직 없음
fold-away = 이 줄 접기
unfold = 이 줄 펼치기
logarithmic = 로그 색상 눈금(작은 값도 보입니다)
scale = 색상 눈금
numbers-as-table = 표
sum = 합

## 가중치

weights = 가중치
weights-note = 가중치에 포인터를 올리면 값이 보이고, 누르면 값을 바꿀 수 있습니다.
weight = 가중치의 값

## 값의 이름: “H, 스텝 3, 셀 1”

unit = 셀 { $number }
place-input = ‘{ $token }’ → 셀 { $unit }
place-recurrent = 셀 { $from } → 셀 { $to }
place-output = 셀 { $unit } → { $output }
output-named = ‘{ $name }’
output-unnamed = 출력
spot-of-step = `{ $symbol }`, 스텝 { $step }
spot-of-unit = `{ $symbol }`, 스텝 { $step }, 셀 { $unit }
spot-start = 초기 `{ $symbol }`, 셀 { $unit }
spot-arrival = `{ $symbol }`의 일부, 스텝 { $step }, 셀 { $unit }: { $from }
spot-of-output = `{ $symbol }`(‘{ $name }’), 스텝 { $step }
spot-of-weight = `{ $symbol }`, { $place }
spot-updated = 업데이트한 `{ $symbol }`, { $place }
spot-contribution = `{ $symbol }`에 대한 스텝 { $step }의 기여, { $place }
spot-chain = `{ $symbol }`, 셀 { $from } → 셀 { $to }

## 신경망 옆: 현재 단계

present-stage = 현재 단계
stage-of = { $count }단계 중 { $number }단계
stage-forward = 정방향 계산 · 스텝 { $step }, ‘{ $token }’
stage-output = 정방향 계산 · 출력층
stage-loss = 정방향 계산 · 손실
stage-backward-output = 역방향 계산 · 출력층
stage-backward = 역방향 계산 · 스텝 { $step }, ‘{ $token }’
stage-update = 업데이트 · 그레이디언트 반대 방향으로 한 걸음
story-first =
    첫 번째 토큰을 입력받습니다. 이전 은닉 상태가 없으므로(`H⁽⁰⁾ = 0`) `H⁽¹⁾`은 이 토큰에만 달려
    있습니다.
story-forward =
    현재 토큰과 스텝 { $before }의 은닉 상태에 각각 가중치를 곱해 더하고, tanh 함수로 −1과 1 사이의
    값을 만듭니다. 모든 스텝이 같은 가중치를 공유합니다.
story-lstm =
    현재 토큰과 { $before ->
        [0] 초기 상태
       *[other] 스텝 { $before }의 은닉 상태
    }로 게이트 셋과 후보 `G`를 계산합니다. `F`는 셀 상태의 일부를 유지하고, `I`는 `G`의 일부를 더하고, `O`는 `tanh(C)`로 `H`를 만듭니다.
story-gru =
    현재 토큰과 { $before ->
        [0] 초기 상태
       *[other] 스텝 { $before }의 은닉 상태
    }로 게이트 둘과 후보 `G`를 계산합니다. `U`는 은닉 상태의 일부를 유지하고 나머지를 `G`로 채웁니다. `R`은 `G`가 이전 상태를 얼마나 쓸지 정합니다.
story-gated-own = 이 스텝의 출력층에서 그레이디언트가 전파됩니다. `‖∂L/∂H‖`의 값은 { $norm }입니다.
story-gated-nothing = 이 스텝에는 그레이디언트가 전파되지 않아 기여도 없습니다.
story-gated-also = `H`에 대한 그레이디언트의 일부는 이 스텝의 출력층에서 옵니다.
story-lstm-arrives =
    스텝 { $next }에서 그레이디언트가 두 갈래로 전파됩니다. 하나는 `F`만 곱해 `C`로 곧바로, 다른 하나는 게이트의 가중치를 거쳐 `H`로
    전파되고(`‖∂L/∂H‖`의 값은 { $state }) 그 일부가 `C`에 더해집니다. 합하면 `‖∂L/∂C‖`의 값은 { $memory }입니다.
story-gru-arrives =
    스텝 { $next }에서 그레이디언트가 두 갈래로 전파됩니다. 하나는 `U`만 곱해 곧바로, 다른 하나는 가중치를 거쳐 전파됩니다. 합한 `‖∂L/∂H‖`의 값은 { $norm }입니다.
story-cell =
    현재 토큰과 { $before ->
        [0] 초기 상태
       *[other] 스텝 { $before }의 은닉 상태
    }에 각각 가중치를 곱해 더하고, 그 결과에 `{ $function }` 함수를 적용해 새 은닉 상태를 만듭니다. 모든 스텝이 같은 가중치를 공유합니다.
story-output-each = 타깃이 있는 스텝마다 같은 `W₂`와 `b₂`로 은닉 상태에서 예측 `A₂`를 계산합니다.
story-output-values = 마지막 은닉 상태에는 신경망이 시퀀스 전체에서 기억하는 내용이 담겨 있습니다. 가중합 하나로 예측을 계산하고, 다른 함수는 적용하지 않습니다.
story-output-binary =
    마지막 은닉 상태에는 시퀀스 전체의 기억이 담겨 있습니다. 가중치를 곱해 더하고 시그모이드 함수를
    통과시킵니다. 예측 확률은 { $prediction }입니다.
story-output-classes =
    마지막 은닉 상태에는 시퀀스 전체의 기억이 담겨 있습니다. 레이블마다 가중치를 곱해 더하고
    소프트맥스 함수를 통과시켜 확률을 구합니다. 타깃의 예측 확률은 { $prediction }입니다.
story-output-next =
    스텝마다 소프트맥스 함수가 어휘 사전의 토큰마다 다음에 올 확률을 계산합니다. 진한 막대가 실제로
    오는 토큰입니다.
story-loss-each = 타깃이 있는 스텝마다 손실이 있고, 예측이 타깃에서 멀수록 커집니다. 전체 손실은 { $loss }입니다.
story-loss-values = 손실은 예측과 타깃 사이 거리의 제곱을 2로 나눈 값입니다. 여기서는 { $loss }입니다.
story-loss-binary =
    예측을 타깃 { $target }{ PARTICLE($target, "과/와") } 비교합니다. 예측이 타깃에서 멀수록 손실이
    커집니다. 지금 손실은 { $loss }입니다.
story-loss-classes =
    타깃의 예측 확률만 봅니다. 그 확률이 작을수록 손실이 커집니다. 지금 손실은 { $loss }입니다.
story-loss-next =
    스텝마다 손실이 있습니다. 실제로 오는 토큰의 예측 확률이 작을수록 손실이 커집니다. 손실을 모두
    더하면 { $loss }입니다.
story-error-each =
    역방향 계산을 시작합니다. 출력마다 오차 `∂L/∂Z₂`는 예측에서 타깃을 뺀 값입니다. 모든 스텝의 오차를 더해 `W₂`와 `b₂`의 그레이디언트를 구합니다.
story-error-mean =
    역방향 계산을 시작합니다. 출력마다 오차 `∂L/∂Z₂`는 예측에서 타깃을 뺀 값을 손실의 개수로 나눈 값입니다. 모든 스텝의 오차를 더해 `W₂`와 `b₂`의
    그레이디언트를 구합니다.
story-error-binary =
    이제 역방향 계산을 시작합니다. 출력층의 오차 `∂L/∂Z₂`는 예측에서 타깃을 뺀 값으로,
    { $error }입니다. 여기서 `W₂`와 `b₂`의 그레이디언트를 바로 구할 수 있습니다.
story-error-classes =
    이제 역방향 계산을 시작합니다. 출력마다 오차 `∂L/∂Z₂`는 예측 확률에서 타깃을 뺀 값입니다. 타깃
    레이블이면 1을, 아니면 0을 뺍니다. 여기서 `W₂`와 `b₂`의 그레이디언트를 바로 구할 수 있습니다.
story-error-next =
    이제 모든 스텝에서 역방향 계산을 시작합니다. 출력마다 오차 `∂L/∂Z₂`는 예측 확률에서, 실제로 오는
    토큰이면 1을 뺀 값입니다. 이 오차에서 `W₂`와 `b₂`의 그레이디언트를 스텝마다 구해 더합니다.
story-arrives-last =
    출력층에서 `W₂ᵀ`를 거쳐 그레이디언트가 전파됩니다. 노름 `‖∂L/∂H‖`은 { $norm }입니다.
story-arrives =
    스텝 { $step }에서 `W₁ₕᵀ`를 거쳐 그레이디언트가 전파됩니다. 노름 `‖∂L/∂H‖`은 { $norm }이고, 스텝
    { $step }의 { $ratio }배입니다.
story-arrives-both =
    스텝 { $step }에서 `W₁ₕᵀ`를 거쳐, 그리고 이 스텝의 출력층에서 그레이디언트가 전파됩니다. 노름
    `‖∂L/∂H‖`은 { $norm }이고, 스텝 { $step }의 { $ratio }배입니다.
story-arrives-norm =
    스텝 { $step }에서 `W₁ₕᵀ`를 거쳐 그레이디언트가 전파됩니다. 노름 `‖∂L/∂H‖`은 { $norm }입니다.
story-arrives-both-norm =
    스텝 { $step }에서 `W₁ₕᵀ`를 거쳐, 그리고 이 스텝의 출력층에서 그레이디언트가 전파됩니다. 노름
    `‖∂L/∂H‖`은 { $norm }입니다.
story-arrives-own =
    이 스텝의 출력층에서만 그레이디언트가 전파됩니다. 노름 `‖∂L/∂H‖`은 { $norm }입니다. 스텝
    { $step }에서는 아무것도 전파되지 않습니다.
story-arrives-overflow =
    전파된 그레이디언트가 컴퓨터가 나타낼 수 있는 가장 큰 수(약 1.8e308)보다 커서 `‖∂L/∂H‖`을 나타낼
    수 없습니다(오버플로).
story-nothing =
    이 스텝에는 그레이디언트가 전파되지 않으므로 `∂L/∂W₁ₕ`에 대한 기여도 없습니다. `‖∂L/∂H‖ =
    0`입니다.
silence-one = { $reason }
silence-two = { $first } { $second }
silence-no-output-error =
    예측이 타깃과 컴퓨터로는 구별할 수 없을 만큼 같아서 `∂L/∂Z₂`가 정확히 0입니다.
silence-output-weights = `∂L/∂Z₂`를 전파할 수 있는 `W₂`의 가중치가 모두 0입니다.
silence-nothing-later = 스텝 { $step }의 `∂L/∂H`가 이미 0입니다.
silence-slope = 스텝 { $step }에서 그레이디언트가 전파되는 모든 셀의 활성화 함수 도함수가 정확히 0입니다.
silence-saturation =
    스텝 { $step }에서 그레이디언트가 전파되는 셀이 모두 완전히 포화되었습니다. `H = ±1`이므로 `1 −
    H² = 0`입니다.
silence-truncation = TBPTT 때문에 스텝 { $step }보다 이전으로는 역전파하지 않습니다.
silence-weights = 그레이디언트를 전파할 수 있는 `W₁ₕ`의 가중치가 모두 0입니다.
silence-cancelled = 여러 경로로 전파된 그레이디언트가 정확히 상쇄됩니다.
silence-underflow = 그레이디언트가 컴퓨터가 나타낼 수 있는 가장 작은 수(약 5e−324)보다 작습니다.
story-adds =
    여기에 `1 − H²`을 곱하면 오차 `∂L/∂Z₁`이 되고, 다시 이전 은닉 상태를 곱하면 `∂L/∂W₁ₕ`에 대한 이
    스텝의 기여가 됩니다.
story-cell-adds = 여기에 `{ $function }` 함수의 도함수를 곱하면 오차 `∂L/∂Z₁`이 되고, 다시 이전 은닉 상태를 곱하면 `∂L/∂W₁ₕ`에 대한 이 스텝의 기여가 됩니다.
story-adds-nothing =
    이전 은닉 상태가 없으므로(`H⁽⁰⁾ = 0`) `∂L/∂W₁ₕ`에 대한 이 스텝의 기여는 0입니다. 하지만 `∂L/∂W₁ₓ`와 `∂L/∂b₁`에는 기여할 수 있습니다.
story-update =
    경사 하강법입니다. 모든 가중치와 절편에서 학습률 `η = { $rate }`에 그레이디언트를 곱한 값을 뺍니다. 모든 파라미터를 합친 그레이디언트의 노름은 { $norm
    }입니다.
story-update-clipped =
    그레이디언트 클리핑을 적용한 경사 하강법입니다. 모든 파라미터를 합친 그레이디언트의 노름은
    { $norm }이고, 임곗값 `c = { $threshold }`보다 큽니다. 그래서 노름을 { $threshold }까지 줄인
    다음, 모든 가중치에서 학습률 `η = { $rate }`에 이 그레이디언트를 곱한 값을 뺍니다.
story-update-zero = 모든 파라미터의 그레이디언트가 모두 0이므로 가중치는 변하지 않습니다.
story-update-overflow =
    그레이디언트가 컴퓨터가 나타낼 수 있는 가장 큰 수(약 1.8e308)보다 큽니다(오버플로). 그래서
    가중치를 업데이트할 수 없습니다.

## 신경망 옆: 값을 계산한 방법

rule = 공식
origin = 이 값은 어떻게 계산했을까요?
this-number = 선택한 값:
for-example = 예를 들어:
given = 계산한 값이 아니라 파라미터:
products = 곱셈까지 모두 보기
remark-title = 다른 표기법
remark-pre-activation =
    이전 은닉 상태를 `Hₚ`로 쓰고 `X·W₁ₓ + Hₚ·W₁ₕ + b₁`로 적는 책도 있습니다. 여기서는 괄호 안의 위
    첨자가 타임 스텝입니다: `H⁽ᵗ⁻¹⁾`.
remark-error =
    한 스텝을 거슬러 가는 계산을 `W₁ₕ ⊙ (1 − Hₚ²)`으로 적는 강의 노트도 있습니다. `Hₚ`는 이전 은닉
    상태이고, 이때 “`⊙`”는 대각 행렬과의 행렬 곱을 뜻합니다. `W₁ₕ`의 각 행에 그 행이 시작되는 셀의
    `1 − Hₚ²`을 곱합니다. 곧 `diag(1 − Hₚ²)·W₁ₕ`입니다. 여기서는 그레이디언트가 이미 `W₁ₕᵀ`를
    지나왔으므로 `⊙`는 셀끼리의 곱입니다.
remark-hidden-error =
    그레이디언트는 전치 행렬 `W₁ₕᵀ`를 거쳐 전파됩니다. 셀 `i`에서 셀 `j`로 간 것은 `j`에서 `i`로
    되돌아옵니다. 전치를 빠뜨린 프로그램도 오류 없이 실행되지만 그레이디언트가 틀립니다.
remark-w1x =
    각 스텝의 기여에는 그 스텝의 `X⁽ᵗ⁾`가 들어갑니다. 그래서 그 스텝의 토큰에 해당하는 행만
    바뀝니다. 모든 기여에 마지막 `X`를 쓰는 것은 흔한 실수입니다.
remark-w1h =
    `∂Z₁/∂W₁ₕ = Hₚ + Hₚₚ·W₁ₕ ⊙ (1 − Hₚ²) + …`로 적는 강의 노트도 있습니다. `Hₚ`와 `Hₚₚ`는 한 스텝
    전과 두 스텝 전의 은닉 상태입니다. 더하는 항 하나가 여기서는 스텝 하나의 기여입니다. 이전 은닉
    상태에 그 스텝까지 전파된 오차를 곱합니다.
remark-jacobian =
    `W₁ₕ ⊙ (1 − Hₚ²)`으로 적는 강의 노트도 있습니다(`Hₚ`는 이전 은닉 상태). 이 행렬은 `∂Z₁/∂Z₁ₚ`로,
    이전 스텝의 도함수가 왼쪽에 있습니다. 여기의 야코비 행렬 `J⁽ᵗ⁾ = ∂H⁽ᵗ⁾/∂H⁽ᵗ⁻¹⁾`에는 현재 스텝의
    도함수가 오른쪽에 있습니다. 여러 스텝을 곱하면 두 곱은 양 끝에서만 다릅니다.
in-numpy = NumPy로 쓰면
copy = 복사
copied = 복사했습니다
copy-refused = 복사 거부됨: Ctrl+C를 누르세요

## 아래 막대: 시간

transport = 재생
go-to-start = 처음으로
step-back = 이전 단계로
play = 재생
pause = 일시 정지
step-forward = 다음 단계로
go-to-end = 끝으로
timeline = 타임라인
speed = 속도
update = 업데이트
update-note = 그레이디언트의 반대 방향으로 가중치를 한 번 업데이트하고 다음 정방향 계산을 시작합니다
train = 훈련 ×10
train-note = 업데이트를 열 번 합니다. 과제에서는 목표를 달성하는 즉시 멈춥니다
forward = 정방향 계산
backward = 역방향 계산

## 야코비 행렬 화면

chain-name = 야코비 행렬
chain-jacobian = 야코비 행렬 `J⁽ᵗ⁾`
chain-jacobian-note = `∂H⁽ᵗ⁾/∂H⁽ᵗ⁻¹⁾ = W₁ₕ·diag(1 − H²)`: 한 스텝의 행렬
chain-product = 이후 모든 `J`의 곱
chain-product-note = 이 은닉 상태에 따라 마지막 은닉 상태가 변하는 정도, 아래는 노름
chain-product-gated = 이 스텝의 `{ $carried }`가 변할 때 마지막 스텝의 값이 변하는 정도, 아래는 노름
chain-norm = 곱의 노름(로그 눈금)
chain-norm-note = `W₁ₕ`의 영향 × 포화의 영향
chain-triangle = 손실의 스텝 `s` × 기여하는 스텝 `t`
chain-triangle-note = 스텝 `s`의 손실에서 나온, `∂L/∂W₁ₕ`에 대한 스텝 `t`의 기여의 노름
chain-expansion = `∂L/∂W₁ₕ`와 스텝별 기여
chain-expansion-note = 스텝별 기여와 그 합. 아래는 각각의 노름이며, 회색은 무시할 만큼 작은 기여입니다
chain-expansion-written =
    마지막 스텝의 `∂Z₁⁽ᵗ⁾/∂W₁ₕ = H⁽ᵗ⁻¹⁾ + H⁽ᵗ⁻²⁾·K⁽ᵗ⁾ + …`에 그 스텝의 오차를 곱합니다. 여기서 `K⁽ᵗ⁾ =
    ∂Z₁⁽ᵗ⁾/∂Z₁⁽ᵗ⁻¹⁾ = diag(1 − (H⁽ᵗ⁻¹⁾)²)·W₁ₕ`입니다.
chain-expansion-each = `∂L/∂W₁ₕ`는 모든 스텝의 `H⁽ᵗ⁻¹⁾ᵀ·∂L/∂Z₁⁽ᵗ⁾`를 더한 값입니다.
chain-jacobian-gated = 스텝 `t − 1`의 `{ $carried }`가 변할 때 스텝 `t`의 값이 변하는 정도
chain-norm-gated = 전체 곱, 그리고 `{ $keeper }`만 곱해 곧바로 온 부분
chain-triangle-gated = 스텝 `s`의 손실에 대해 스텝 `t`가 유지하는 게이트의 순환 가중치 그레이디언트에 더하는 기여의 노름
chain-expansion-of = 스텝별 기여로 나눈 `{ $symbol }`
chain-straight = 곧바로 통과
chain-gated =
    스텝 { $steps }에서 스텝 1까지 거슬러 가면 상태에 대한 그레이디언트의 노름은 최대 { $whole }배가 됩니다. `{ $keeper }`만 곱해 곧바로 오는
    경로만 보면 최대 { $alone }배이고, 여기에 가중치를 거치는 경로가 더해집니다.
compare-with = 비교할 순환층
chain-both = 전체 곱
chain-by-weights = `W₁ₕ`만
chain-by-slopes = 도함수의 영향
chain-norm-slopes = `W₁ₕ`의 영향 × 도함수의 영향
chain-slopes = 스텝 { $steps }에서 스텝 1까지 거슬러 가면 그레이디언트의 노름은 최대 { $whole }배가 됩니다. `W₁ₕ`만 있다면 { $alone }배이고, 그 차이는 활성화 함수의 도함수에서 옵니다.
chain-by-saturation = 포화의 영향
chain-none = 스텝이 하나이면 곱할 야코비 행렬이 없습니다. 토큰을 하나 더 입력하세요.
chain-sizes =
    스텝 { $steps }에서 스텝 1까지 거슬러 가면 그레이디언트의 노름은 최대 { $whole }배가 됩니다.
    `W₁ₕ`만 있다면 { $weights }배이고, 포화(1보다 작은 `1 − H²`) 때문에 다시 { $saturation }배가
    됩니다.
chain-grows = 스텝마다 약 { $each }배로 커지는 셈입니다. 포화가 줄이는 것보다 `W₁ₕ`가 더 늘립니다.
chain-stays = 스텝마다 약 { $each }배인 셈이고, 이 거리에서는 소실되지도 폭발하지도 않습니다.
chain-in-fact =
    이 계산에서 `‖{ $symbol }‖`의 값은 스텝 { $steps }에서 { $last }, 스텝 1에서 { $first }입니다. { $ratio }배입니다.
chain-small-weights = 스텝마다 약 { $each }배로 줄어 소실되는 셈입니다. 주로 `W₁ₕ`가 작기 때문입니다.
chain-saturated = 스텝마다 약 { $each }배로 줄어 소실되는 셈입니다. 주로 `1 − H²`이 1보다 작기 때문입니다.
chain-despite =
    스텝 { $steps }에서 스텝 1까지 거슬러 가면 그레이디언트의 노름은 최대 { $whole }배가 됩니다.
    `W₁ₕ`만 있다면 `{ $power } = 0`이므로 아무것도 남지 않습니다. 그래도 남는 것은 `1 − H²`이 셀마다
    다르기 때문입니다.
chain-zero =
    스텝 { $steps }에서 스텝 1까지 거슬러 가면 그레이디언트가 전혀 남지 않습니다. 곱은 정확히
    0입니다. { $cause }
chain-zero-weights = `{ $power } = 0`이기 때문입니다.
chain-zero-saturation =
    스텝 { $step }에서 그레이디언트가 지나갈 수 있는 셀이 모두 완전히 포화되었기 때문입니다. `H =
    ±1`이므로 `1 − H² = 0`입니다.
chain-zero-together = 스텝 { $step }에서 `W₁ₕ`와 `1 − H²`이 함께 모든 경로를 막기 때문입니다.
chain-weights-alone = `W₁ₕ`만 있다면 노름은 { $norm }입니다.
chain-no-error =
    다만 이 실험에서는 처음부터 그레이디언트가 없습니다. 스텝 { $steps }의 `∂L/∂H`가 0입니다.

## 실험실: 가중치 하나

lab-name = 실험실
lab-tensor = 파라미터
lab-row = 행
lab-column = 열
lab-norm = 그레이디언트의 노름

## 실험실: 그레이디언트 검사

lab-check = 그레이디언트 검사
lab-check-note =
    가중치 하나를 `±ε`만큼 바꿔 손실을 다시 계산합니다. 바깥 두 점을 이은 직선의 기울기(수치 미분)가 역전파로 구한 접선의 기울기와 같아야 합니다. `ε`이 크면 손실
    곡선이 포물선이 아니어서, 아주 작으면 반올림 때문에 어긋납니다.
lab-program = 구현
lab-right-program = 올바른 구현(이 페이지)
lab-broken = 버그:
bug-transpose = `W₁ₕ`의 전치를 빠뜨림
bug-transposes = 순환 가중치의 전치를 빠뜨림
bug-slopes = 활성화 함수의 도함수를 빠뜨림
bug-slope = `1 − H²`을 빠뜨림
bug-next = 다음 스텝에서 온 그레이디언트를 빠뜨림
bug-sum = 기여를 더하지 않고 덮어씀
bug-input = 모든 기여에 마지막 `X`를 씀
lab-curve = 이 가중치 근처의 손실과 접선
lab-relative-error = 상대 오차
lab-check-all = 모든 가중치 검사
work-stop = 중지
work-on = 계속
lab-check-on = 나머지 검사
lab-checked = { $all }개 중 { $done }개 검사 …
lab-agreeing = { $all }개 중 { $agreeing }개가 일치합니다.
lab-worst = 차이가 가장 큰 가중치(역전파 / 수치 미분):

## 실험실: 스텝별 복사본

lab-untie = 가중치 공유 풀기
lab-untie-note =
    모든 스텝이 가중치 `{ $symbol }`({ $place }) 하나를 공유합니다. 스텝마다 복사본을 주고 하나를 움직여 보세요. 1차 근사로는 손실이 그 스텝의 기여 ×
    변화량만큼 변합니다.
lab-copy-of-weight = 복사본
lab-its-contribution = 기여
lab-sum-of-contributions = 합 = 공유 가중치의 그레이디언트
lab-sum-of-rest = 기여의 합
lab-loss-tied = 가중치를 공유할 때 손실
lab-loss-untied = 복사본을 쓸 때 손실
lab-loss-by-contributions = 기여로 예측한 손실(1차 근사)
lab-tie = 다시 공유하기

## 실험실: TBPTT와 클리핑

lab-shorten = TBPTT와 그레이디언트 클리핑
lab-shorten-note =
    TBPTT(잘린 BPTT)에서는 각 손실을 정해진 스텝 수까지만 역전파합니다. ×로 표시한 기여는
    그레이디언트에서 제외됩니다. 그레이디언트 클리핑은 노름이 임곗값보다 큰 그레이디언트를 방향은
    그대로 두고 임곗값까지 줄입니다.
lab-window-all = 손실마다 { $steps }스텝 모두 역전파합니다
lab-window-part = 손실마다 { $steps }스텝 중 `w = { $window }`스텝까지 역전파합니다
lab-reach = 손실별, 스텝별 기여의 노름
lab-dropped = 제외된 기여의 수
lab-cosine = 전체 그레이디언트와의 코사인 유사도
lab-length-kept = 전체 그레이디언트 대비 노름의 비율
no-ratio-both-zero = – (둘 다 0)
no-ratio-by-zero = – (하나가 0)
no-ratio-beyond = – (계산하기에 너무 크거나 작은 값)
lab-clip-at = 클리핑 임곗값 `c = { $threshold }`
lab-clip-none = 클리핑하지 않음
lab-norm-only = `‖g‖ = { $norm }`
lab-norm-clipped = `‖g‖ = { $norm }` → { $threshold }
lab-norm-below = `‖g‖ = { $norm }`, 임곗값보다 작습니다
lab-norm-zero = `‖g‖ = 0`, 줄일 것이 없습니다
lab-norm-overflow = `‖g‖`이 컴퓨터가 나타낼 수 있는 가장 큰 수(약 1.8e308)보다 큽니다(오버플로).
lab-loss-now = 현재 손실
lab-loss-predicted = 업데이트 후 손실(1차 근사로 예측)
lab-loss-with = 업데이트 후 손실(현재 설정)
lab-loss-without = 전체 그레이디언트로 업데이트한 후 손실
lab-overflow = – (너무 커서 나타낼 수 없음)

## 수업 화면(수업의 글은 lesson 폴더에 있습니다)

lesson-name = 수업
lesson-chapter = { $number }장
lesson-screen = { $screen }/{ $count }쪽
lesson-contents = 전체 차례
lesson-goal = { $goal }.
lesson-minutes = 약 { $minutes }분
lesson-minutes-all = 수업 전체는 약 { $minutes }분 걸립니다. 세 번에 나누어 해도 좋습니다.
lesson-lost = 지난번 이후 수업이 바뀌었습니다. 답 가운데 일부는 없어진 쪽의 것이었습니다.
lesson-recap = 되짚어 보기
lesson-seen =
    { $seen ->
        [0] { $count }쪽
       *[other] { $seen }/{ $count }쪽 봄
    }
lesson-forget = 학습 기록 지우기
lesson-forget-note = 학습 기록과 답은 이 기기에만 저장됩니다.
lesson-back = 이전
lesson-next = 다음
lesson-next-chapter = 다음 장
lesson-finished = 마지막 쪽입니다. 이제 ‘자유 실험’에서 원하는 글로 직접 해 보세요.
lesson-coming = 수업을 불러오고 있습니다 …
lesson-missed = 수업을 불러오지 못했습니다. 지금까지 만든 것은 그대로 있습니다. 인터넷 연결을 확인하고 다시 시도해 주세요.
words-coming = { $language } 번역을 불러오고 있습니다 …
words-missed = { $language } 번역을 불러오지 못했습니다. 지금까지 만든 것은 그대로 있습니다. 인터넷 연결을 확인하고 다시 시도해 주세요.
lesson-fetch-again = 다시 시도
lesson-studying = 이 쪽의 신경망을 훈련하고 있습니다. 업데이트 { $made }번(최대 { $most }번) …
lesson-question = 예측해 보세요
lesson-larger = 크다
lesson-smaller = 작다
lesson-positive = 양수
lesson-negative = 음수
lesson-equal = 같다
lesson-zero = 0
lesson-unit = 셀 { $unit }
lesson-no-bug = 버그 없음
lesson-step = 스텝 { $step } ‘{ $token }’
lesson-your-answer = 답
lesson-answer = 답하기
lesson-no-number = 0.5나 −1.2처럼 숫자를 입력해 주세요.
lesson-you-said = 내 답: { $answer }
lesson-right = 정답입니다.
lesson-wrong = 정답이 아닙니다.
lesson-off-by = 충분히 가깝습니다. 차이는 { $off }입니다.
lesson-again = 다시 답하기
lesson-task = 직접 해 보기
lesson-done = 해냈습니다!
lesson-now = 현재 { $now }
lesson-wanted-more = 목표: { $value } 초과
lesson-wanted-less = 목표: { $value } 미만
lesson-wanted-at-least = 목표: { $value } 이상
lesson-wanted-at-most = 목표: { $value } 이하
lesson-wanted-equal = 목표: { $value }
lesson-wanted-about = 목표: 약 { $value }
lesson-wanted-other = 목표: { $value } 아닌 값
lesson-reached = 달성
lesson-not-reached = 미달성
lesson-hint = 힌트
lesson-show-one-way = 풀이 하나 보기
lesson-changed = 실험이 바뀌었습니다. 이 쪽은 원래 실험을 설명합니다.
lesson-put-back = 원래 실험으로
lesson-answer-first = 질문에 답해야 다음 단계로 갈 수 있습니다.
lesson-drawing = 접은 신경망과 펼친 신경망
lesson-unroll = 펼치기
lesson-roll-up = 접기
lesson-rolled-note = 블록은 하나이고, 은닉 상태가 다음 타임 스텝에 다시 입력됩니다.
lesson-unrolled-note = 같은 블록이 타임 스텝마다 하나씩 있고, 모든 복사본이 가중치를 공유합니다.
lesson-program = 프로그램의 그레이디언트와 수치 미분
lesson-program-norm = 프로그램이 계산한 노름
lesson-measured-norm = 수치 미분의 노름
lesson-difference = 차이
lesson-guessed = 고른 버그일 때의 차이

## 내보내기와 공유

export-button = 내보내기·공유
export-close = 닫기
lesson-no-export = 먼저 질문에 답하세요. 그러면 계산 결과를 내보낼 수 있습니다.
export-open = 파일에서 실험이나 신경망 열기(페이지에 끌어다 놓아도 됩니다)
export-download = 저장
export-programs = 코드로 내보내기
export-training = 이 훈련의 PyTorch 코드(초기 가중치와 미니배치 포함)
export-programs-note = 이 계산의 데이터가 들어 있으며, 화면의 모든 값을 계산합니다.
export-network = 이 신경망
export-network-note =
    파일에는 가중치와, 입력과 그 출력이 있습니다. 각 프로그램은 파일을 불러와 출력을 비교합니다.
export-weights = 가중치(safetensors)
export-load-pytorch = PyTorch에서 불러오기
export-load-keras = Keras에서 불러오기
export-files = 파일
export-experiment = 실험(JSON)
export-trace = 전체 계산 결과(JSON)
export-figures = 표와 그림

## 내보내기와 공유: 링크와 삽입

model = 파일에서 연 신경망
model-is = { $maker }, { $kind }: 입력 { $inputs }개, 셀 { $units }개, 출력 { $outputs }개입니다.
model-agrees =
    검사함: 타임 스텝 { $steps }개에서 파일에 있는 출력과 같은 값이 나옵니다. 가장 큰 차이는
    { $difference }입니다.
model-not-checked =
    검사하지 못함: 파일에 입력과 그 출력이 없어 같은 신경망인지 알 수 없습니다. 예를 들어 활성화 함수가
    달라도 드러나지 않습니다.
model-embedding =
    { $name }{ PARTICLE($name, "은/는") } 순환층 앞에 있습니다. 이 행렬과 입력 가중치의 곱이 그 자리를
    대신하므로, 토큰마다 행이 하나씩 있습니다.
model-no-output = 파일에 출력층이 없으므로, 은닉 상태가 그대로 출력입니다.
model-taken = 가져온 배열
model-left = 가져오지 않은 배열
model-vocabulary = 어휘 사전: 토큰 { $inputs }개를 입력 순서대로, 한 줄에 하나씩 또는 JSON 목록으로
model-vocabulary-file = 또는 파일에서
model-show = 이 신경망 보기
model-how-to-check = 입력과 그 출력을 함께 저장하는 방법
model-pickle =
    PyTorch의 피클 파일입니다. 열면 코드가 실행될 수 있어 이 페이지에서는 열지 않습니다. 가중치를
    safetensors로 저장하세요:
model-hdf5 =
    값이 HDF5로 묶인 Keras 파일로, 이 페이지에서는 읽을 수 없습니다. 가중치를 npz로 저장하세요:
model-too-large = 이 페이지에서 볼 수 있는 신경망보다 큰 파일입니다.
model-damaged = 손상된 파일입니다. 형식에 맞지 않습니다. 다시 저장하세요.
model-repeated = 이름 ‘{ $name }’{ PARTICLE($name, "이/가") } 파일에 두 번 있습니다.
model-note = 파일의 ‘{ $key }’ 항목을 읽을 수 없습니다.
model-unnamed = 배열에 이름이 없어 어느 것이 무엇인지 알 수 없습니다. 이름과 함께 저장하세요:
model-no-layer =
    순환층을 찾지 못했습니다. 이 페이지는 PyTorch의 weight_hh_l0 또는 Keras의 recurrent_kernel을 찾습니다.
    파일에 있는 이름: { $names }
model-layers =
    순환층이 여러 개인데 이 페이지에서는 하나만 볼 수 있습니다: { $names }. 보려는 층 하나와 그 출력층만
    저장하세요.
model-backward =
    { $name }{ PARTICLE($name, "은/는") } 시퀀스를 양방향으로 읽는 층의 배열이며, 이 페이지에서는 볼 수
    없습니다. 정방향만 저장하세요.
model-projection =
    { $name }{ PARTICLE($name, "은/는") } LSTM의 상태를 투영하며, 이 페이지에서는 볼 수 없습니다.
    proj_size 없이 훈련하세요.
model-parts =
    { $name }{ PARTICLE($name, "은/는") } 가중치 정규화에서 나뉘어 저장된 배열의 한 부분입니다. 저장하기
    전에 매개변수화를 없애세요.
model-outputs =
    출력층일 수 있는 배열이 여러 개입니다: { $names }. 은닉 상태를 입력으로 받는 층 하나만 저장하세요.
model-blocks =
    { $name }의 크기는 { $rows }×{ $columns }입니다. 순환 행렬의 한 변은 다른 변의 1, 3 또는 4배입니다.
model-missing = 파일에 { $name }{ PARTICLE($name, "이/가") } 없습니다.
model-shape = { $name }의 크기는 { $found }입니다. 다른 배열에 따르면 { $expected } 크기여야 합니다.
model-kind = { $name }의 자료형은 { $kind }입니다. 이 페이지는 F16, BF16, F32, F64를 읽습니다.
model-number = { $name }에 유한하지 않거나 ±{ $most } 범위를 벗어나는 수가 있습니다.
model-many-inputs = 입력이 { $found }개입니다. 이 페이지에서는 { $most }개까지 볼 수 있습니다.
model-many-units = 셀이 { $found }개입니다. 이 페이지에서는 { $most }개까지 볼 수 있습니다.
model-many-outputs = 출력이 { $found }개입니다. 이 페이지에서는 { $most }개까지 볼 수 있습니다.
model-other-cell = 파일에 적힌 순환층의 종류는 ‘{ $kind }’인데, 배열은 다른 순환층의 것입니다.
model-check-shape =
    검사에 쓸 입력이나 출력이 신경망과 맞지 않습니다. 타임 스텝 200개 이하인 시퀀스 하나와, 스텝마다의
    출력 또는 마지막 스텝의 출력이어야 합니다.
model-check-failed =
    파일에 있는 입력으로 계산하면 스텝 { $step }에서 { $found }{ PARTICLE($found, "이/가") } 나오지만, 모델의
    출력은 { $expected }입니다. 활성화 함수가 다르거나 다른 층이 더 있는 다른 신경망입니다. 보여 주지
    않습니다.
model-list-inputs = 어휘 사전에는 토큰이 { $expected }개 있어야 하는데 { $found }개입니다.
model-list-outputs = 레이블이 { $expected }개 있어야 하는데 { $found }개입니다.

share-link = 지금 화면의 링크
link-long =
    링크가 매우 깁니다. 일부 플랫폼에서는 링크가 2,000자쯤에서 잘립니다. 실험을 파일로 저장해 보내는
    편이 안전합니다.
share-embed = 다른 페이지에 삽입
share-embed-note = 보여 줄 것과 바꿀 수 있는 것을 고른 다음, 아래 코드를 페이지에 붙여 넣으세요.
share-way = 형식
share-only = 하나만 보이기
share-all = 전체 화면
share-hide = 숨기기
share-lock = 고정하기
share-preview = 미리 보기
part-header = 머리글
part-setup = 설정
part-explanation = 설명
part-weights = 가중치
part-transport = 재생
part-tables = 표
part-score = 펼친 신경망
part-loss-curve = 훈련의 손실 곡선
part-chain = 야코비 행렬
part-laboratory = 실험실
part-gates = 게이트
part-hidden = 은닉 상태
part-output = 예측
part-error = 오차
part-heat-map = 그레이디언트 `∂L/∂H`
part-norm = 노름 `‖∂L/∂H‖`
part-contribution = 스텝별 기여
part-text = 글
part-task = 과제와 타깃
part-cell = 순환층의 종류
part-units = 셀 개수
part-start = 초기 가중치
part-learning = 학습률, TBPTT, 클리핑
part-play = 자동 재생

keys-title = 키보드
keys-switch = 키 하나짜리 단축키를 페이지 전체에서 사용
keys-own = 초점이 있는 곳에서
keys-walk = 값에서 값으로 이동(줄 안에서)
keys-pin = 값 고정, 고정 해제
keys-move = 토큰을 다른 타임 스텝으로 옮기기
symbols-title = 기호
symbols-symbol = 기호
symbols-name = 이름
symbols-shape = 크기
symbols-where = 위치
symbols-in-rows = 펼친 신경망의 줄
symbols-in-weights = 가중치
symbols-in-card = 예측
symbols-in-jacobians = 야코비 행렬
symbols-in-laboratory = 실험실
symbols-steps = 타임 스텝의 수
symbols-input-numbers = 입력, 그 스텝의 숫자
symbols-input = 입력, 원-핫 벡터
symbols-state = 은닉 상태
symbols-state-before = 이전 은닉 상태(`Hₚ`로 쓰는 책도 있습니다)
symbols-w1x = 입력 가중치
symbols-w1h = 순환 가중치
symbols-b1 = 순환층의 절편
symbols-z1 = 가중합
symbols-w2 = 출력층의 가중치
symbols-b2 = 출력층의 절편
symbols-z2 = 출력층의 가중합(로짓)
symbols-a2 = 예측, `ŷ`으로도 씁니다
symbols-y = 타깃
symbols-loss = 손실
symbols-dz2 = 출력층의 오차(`δ`로 쓰는 책도 많습니다)
symbols-dh = 은닉 상태에 대한 그레이디언트
symbols-dz1 = 가중합의 오차
symbols-norm = 그 그레이디언트의 노름
symbols-dw = 순환 가중치의 그레이디언트: 스텝별 기여의 합
symbols-jacobian = 타임 스텝 하나의 야코비 행렬
symbols-eta = 학습률
symbols-gradient = 모든 파라미터의 전체 그레이디언트
symbols-window = TBPTT의 길이(타임 스텝)
symbols-clip = 클리핑 임곗값
symbols-epsilon = 그레이디언트 검사에서 가중치를 바꾸는 크기

overview-title = 순환 신경망이 하는 일
overview-again = 소개
overview-review = 이 작은 신경망은 영화 감상평을 왼쪽부터 한 단어씩 읽고, 감상평이 긍정일 확률 하나를 예측합니다.
overview-review-characters = 이 작은 신경망은 영화 감상평을 왼쪽부터 한 글자씩 읽고, 감상평이 긍정일 확률 하나를 예측합니다.
overview-binary = 이 작은 신경망은 타임 스텝 { $steps }개의 시퀀스를 왼쪽부터 차례로 읽고, 타깃이 1일 확률 하나를 예측합니다.
overview-classes = 이 작은 신경망은 타임 스텝 { $steps }개의 시퀀스를 왼쪽부터 차례로 읽고, 레이블 { $labels }개의 확률을 각각 예측합니다.
overview-next = 이 작은 신경망은 타임 스텝 { $steps }개의 시퀀스를 왼쪽부터 차례로 읽으며, 스텝마다 다음에 올 토큰을 예측합니다.
overview-values = 이 작은 신경망은 타임 스텝 { $steps }개의 시퀀스를 왼쪽부터 차례로 읽고 숫자를 예측합니다.
overview-each = 이 작은 신경망은 타임 스텝 { $steps }개의 시퀀스를 왼쪽부터 차례로 읽으며, 타깃이 있는 스텝마다 예측합니다.
overview-guess = 아직 훈련하지 않아 가중치가 무작위이므로 예측 { $prediction }{ PARTICLE($prediction, "은/는") } 추측일 뿐입니다. 타깃은 { $target }입니다.
overview-random = 아직 훈련하지 않아 가중치가 무작위이므로 예측은 추측일 뿐입니다.
overview-trained = 가중치를 { $updates }회 업데이트했습니다.
overview-given = 가중치는 무작위가 아니라 정해진 값입니다.
overview-predicts = 예측은 { $prediction }, 타깃은 { $target }입니다.
overview-top = 맨 위 줄:
overview-top-gated = 위쪽 줄들:
overview-states = 0과 1 사이의 게이트, 그리고 지금까지 읽은 내용을 담은 상태(숫자 { $units }개씩)입니다.
overview-state = 은닉 상태로, 지금까지 읽은 내용을 담은 숫자 { $units }개입니다.
overview-below = 아래 줄들:
overview-gradients =
    이 숫자가 변하면 손실이 얼마나 변하는지를 나타내며, 오른쪽에서 왼쪽으로 계산합니다. 이를 시간 역전파(BPTT, backpropagation through time)라고
    합니다.
overview-positive = 양수
overview-negative = 음수
overview-pale = 옅은 색: 0에 가까움
overview-play = 첫 스텝부터 재생
overview-play-note = 정방향 계산, 손실, 역방향 계산, 업데이트
overview-lesson = 수업 시작하기
overview-lesson-note = 일반 신경망에서 이 신경망까지
overview-click = 아무 값이나 눌러 보세요
overview-click-note = 어떻게 계산했는지 볼 수 있습니다
review-question = 감상평이 긍정인가요?
binary-question = 타깃 `y`: 0인가요, 1인가요?
classes-question = 어느 레이블인가요?
values-question = 타깃 `y`의 값은 무엇인가요?
word-question = 다음 단어는 무엇인가요?
character-question = 다음 글자는 무엇인가요?
letter-question = 다음 글자는 무엇인가요?
every-step = 스텝마다 예측
review-no = 아니요
review-yes = 예
untrained = 훈련 전: 추측
given-weights = 주어진 가중치
after-updates = 업데이트 { $updates }회 후
initial-weights = 초기 가중치
initial-random = 시드 { $seed }
phase-loss = 손실

## 값 옆의 합, 그리고 업데이트의 효과

spot-whole-loss = `{ $symbol }`, 모든 스텝
cause-previous = 이전 은닉 상태
cause-state = 은닉 상태
cause-input = 입력
cause-bias = 절편
cause-output = 출력층에서
cause-next = 다음 스텝에서
cause-next-error = 다음 스텝의 `{ $symbol }`에서
cause-here-error = 이 스텝의 `{ $symbol }`에서
cause-straight = 다음 스텝에서 곧바로
cause-weights = 가중치를 거쳐
cause-recalled = 이 스텝의 `{ $symbol }`
cause-kept = 이전 스텝에서 유지
cause-written = 이 스텝에서 추가
cause-prediction = 예측
cause-target = 타깃
cause-before = 현재 값
cause-change = 변화량
cause-step = 스텝 { $step }
group-summands = 항 { $count }개
truncated-part = 잘리지 않은 부분
forecast = 업데이트가 손실에 미치는 영향
forecast-before = 업데이트 전 손실
forecast-predicted = 예상한 변화량
forecast-formula = `−η‖g‖²`
forecast-real = 실제 변화량
forecast-after = 업데이트 후 손실
forecast-agrees = 손실이 거의 예상대로 변합니다. 이 정도 폭에서는 손실 곡선이 거의 직선입니다.
forecast-less = 손실이 예상보다 적게 줄어듭니다. 업데이트하는 방향으로 손실 곡선이 위로 휘어 있는데, 그레이디언트는 출발점의 기울기만 알기 때문입니다.
forecast-more = 손실이 예상보다 많이 줄어듭니다. 업데이트하는 방향으로 손실 곡선이 아래로 휘어 있는데, 그레이디언트는 출발점의 기울기만 알기 때문입니다.
forecast-beyond =
    예상한 감소량이 손실 자체보다 큽니다. 업데이트의 폭이 너무 커서 그레이디언트로는 결과를 예상할 수 없습니다. 학습률을 줄이거나 그레이디언트 클리핑을 사용해 보세요.
forecast-rises = 줄어들 것으로 예상한 손실이 오히려 늘어납니다. 업데이트의 폭이 너무 큽니다. 학습률을 줄여 보세요.
forecast-uphill = 업데이트는 잘린 그레이디언트를 따르며, 여기서는 손실이 늘어날 것으로 예상되었습니다.
forecast-nothing = 그레이디언트가 0이므로 가중치도 손실도 변하지 않습니다.
forecast-overflow = – (오버플로)
cosine-and-angle = { $cosine } (각도 { $degrees }°)

## 용어 풀이

meaning-hidden-state = 은닉 상태 `H⁽ᵗ⁾`: 신경망이 스텝 `t`까지 읽은 내용을 담은 숫자들로, 셀마다 하나씩 있습니다.
meaning-hidden-unit = 셀: 은닉 상태의 숫자 하나입니다. 모든 셀은 이전 스텝의 모든 셀과 입력으로 계산합니다.
meaning-time-step = 타임 스텝: 시퀀스의 토큰 하나입니다. 모든 스텝에서 같은 가중치를 사용합니다.
meaning-one-hot = 입력 `X⁽ᵗ⁾`: 토큰의 자리만 1이고 나머지는 모두 0인 원-핫 벡터입니다. 그래서 `X`에 입력 가중치를 곱하면 그 행렬의 한 행이 선택됩니다.
meaning-weighted-sum = 가중합 `Z`: 입력에 가중치를 곱하고 절편을 더한 값으로, 활성화 함수를 통과하기 전의 값입니다.
meaning-bias = 절편: 입력에 상관없이 가중합에 더하는 수입니다.
meaning-logit = 로짓 `Z₂`: 출력층의 가중합입니다. 시그모이드나 소프트맥스 함수가 이 값을 확률로 바꿉니다.
meaning-prediction = 예측 `A₂`: 신경망이 계산한 예측 확률입니다. 회귀에서는 예측한 값입니다.
meaning-target = 타깃 `y`: 데이터에 들어 있는, 신경망이 예측해야 하는 값입니다.
meaning-loss = 손실 `L`: 예측이 얼마나 틀렸는지 나타내는 수 하나입니다. 타깃의 예측 확률에 `−ln`을 취한 값이고, 회귀에서는 타깃과의 차이를 제곱한 값의 절반입니다.
meaning-error = 오차 `∂L/∂Z`: 가중합이 변할 때 손실이 변하는 비율입니다. 많은 책에서 `δ`로 적습니다.
meaning-hidden-gradient = 은닉 상태에 대한 그레이디언트 `∂L/∂H⁽ᵗ⁾`: 스텝 `t`에서 각 셀의 값이 변할 때 손실이 변하는 비율입니다.
meaning-gradient =
    그레이디언트: 가중치 각각, 또는 `C` 같은 상태의 값 각각에 대한 손실의 도함수입니다. 그 값이 변할 때 손실이 변하는 비율이며, 손실이 가장 빠르게 늘어나는 방향을
    가리킵니다.
meaning-contribution = 기여: 모든 스텝이 공유하는 가중치의 그레이디언트 중에서 한 스텝이 더하는 부분입니다. 모든 기여를 더하면 그레이디언트가 됩니다.
meaning-norm =
    노름 `‖·‖`: 벡터에서는 모든 성분을 제곱해 더한 다음 제곱근을 취한 값입니다. 행렬에서는(스펙트럼 노름) 벡터를 최대 몇 배까지 늘릴 수 있는지 나타내는
    값입니다.
meaning-jacobian =
    야코비 행렬 `J⁽ᵗ⁾`: 스텝 `t − 1`의 각 값이 변할 때 스텝 `t`가 넘겨주는 각 값(`H`, LSTM에서는 `C`도)이 변하는 비율을 모은 행렬입니다.
meaning-saturated = 포화된 셀: 은닉 상태가 −1이나 1에 아주 가까워 `tanh`가 거의 변하지 않는 셀입니다. `1 − H²`이 0에 가까워 그레이디언트가 거의 전파되지 않습니다.
meaning-spectral-radius =
    스펙트럼 반지름: `W₁ₕ` 같은 순환 가중치 행렬의 고윳값 중에서 가장 큰 절댓값입니다. 1보다 작으면 거듭 곱할수록 작아지고, 1보다 크면 커질 수 있습니다.
meaning-initial-weights = 초기 가중치: 훈련을 시작할 때 쓰는 무작위 수입니다. 난수 시드가 같으면 초기 가중치도 같습니다.
meaning-bag-of-words = BoW(bag of words): 단어를 모두 더하므로 순서를 알 수 없는 모델입니다.
meaning-truncated-bptt = TBPTT(잘린 BPTT): 손실마다 그레이디언트를 최근 `w`개 스텝까지만 전파합니다. 계산은 줄지만 그보다 앞선 스텝의 기여는 빠집니다.
meaning-clipping = 그레이디언트 클리핑: 노름이 임곗값 `c`보다 큰 그레이디언트를 노름이 `c`가 되도록 줄입니다. 방향은 그대로입니다.
meaning-check = 그레이디언트 검사: 가중치 하나를 양쪽으로 조금씩 움직여 측정한 기울기와 그레이디언트를 비교합니다.
meaning-learning-rate = 학습률 `η`: 업데이트할 때 가중치를 그레이디언트의 반대 방향으로 얼마나 옮길지 정하는 값입니다.
meaning-shared = 가중치 공유: 모든 스텝에서 같은 가중치를 사용하는 것입니다. 스텝별 복사본을 쓰면 복사본 하나의 그레이디언트가 그 스텝의 기여가 됩니다.
meaning-gate = 게이트: 입력과 이전 은닉 상태로 계산한 0과 1 사이의 값으로, 셀마다 하나씩 있습니다. 게이트를 곱한 값은 그 비율만큼 전달됩니다.
meaning-candidate = 후보 `G`: 이 스텝에서 더하려는 값으로, 가중합에 tanh 함수를 적용해 구합니다. 얼마나 더할지는 게이트가 정합니다.
meaning-cell-state = 셀 상태 `C⁽ᵗ⁾`: LSTM의 두 번째 상태입니다. 다음 스텝으로 갈 때 삭제 게이트를 곱하고 새 값을 더할 뿐, 가중치를 곱하지 않습니다.
meaning-keep-bias = 유지 절편: 유지하는 게이트의 초기 절편입니다. 1이면 게이트가 처음부터 절반 넘게 열려 있어 그레이디언트가 앞쪽 스텝까지 전달됩니다. 기본값은 프레임워크마다 다릅니다.
meaning-temperature = 온도 `τ`: 소프트맥스 함수를 적용하기 전에 로짓을 나누는 값입니다. 1보다 작으면 확률이 높은 토큰이 더 자주 나오고, 0이면 확률이 가장 높은 토큰만 나옵니다.

## 훈련 화면

train-setup = 훈련 설정
train-data = 시퀀스
train-split = 훈련용 { $training }개, 평가용 { $heldout }개
train-by-heart = 훈련용 { $count }개, 평가용 없음
train-ask = 먼저 예상해 보세요.
train-optimizer = 옵티마이저
optimizer-sgd = 경사 하강법
optimizer-momentum = 모멘텀 0.9
optimizer-adam = Adam
train-batch = 미니배치
train-clip-none = 클리핑하지 않음
train-window-all = 모든 스텝을 역전파
train-window = `w = { $window }`스텝까지 역전파
train-clip = 클리핑 `c`
train-truncation = 역전파 범위
train-gap = 간격: 토큰 { $gap }개
train-live = 바꾸면 지금 보는 업데이트부터 적용하고, 이후의 업데이트는 지웁니다
train-lanes = 업데이트에 따른 훈련 과정
lane-training-loss = 손실
lane-training-loss-note = 점: 미니배치 하나, 실선: 최근 { $count }개의 평균, 파선: 평가용
lane-training-loss-heart = 점: 미니배치 하나, 실선: 최근 { $count }개의 평균, 파선: 모든 시퀀스
lane-held-out = 정확도
lane-held-out-note = 평가용 시퀀스 { $count }개에서
lane-held-out-heart = 시퀀스 { $count }개 모두에서
lane-reach = 스텝별 `‖∂L/∂H‖`
lane-reach-note = 그레이디언트가 전파되는 거리, 로그 눈금
lane-gradient-norm = 그레이디언트 노름 `‖g‖`
lane-gradient-norm-note = 미니배치마다, 로그 눈금
lane-weights = 가중치
lane-weights-note = 가중치마다 한 줄(자리가 있는 만큼), 행렬마다 따로 눈금
mark-guessing = 무작위 추측
mark-floor = 하한
mark-goal = 목표 { $percent } %
mark-bag = BoW { $percent } %
mark-reached = 업데이트 { $update }번에서 목표 도달
mark-clip = 클리핑 { $norm }
mark-last = 마지막 스텝
mark-before = { $count }스텝 전
mark-first = { $count }스텝 전(스텝 1)
train-at-start = 첫 업데이트 전
train-after = 업데이트 { $update }번 후
train-right = 평가용 예측 { $all }개 중 { $right }개 맞음
train-right-heart = 예측 { $all }개 중 { $right }개 맞음
train-loss-is = 평균 손실 { $loss }
train-in-training = 훈련용 시퀀스 { $count }개에서: { $percent } % 맞음 · 평균 손실 { $loss }
train-in-training-loss = 훈련용 시퀀스 { $count }개에서: 평균 손실 { $loss }
train-longer = 훈련에 나온 것보다 긴 시퀀스에서: { $percent } % 맞음
train-predictions = 평가용 시퀀스의 예측
train-predictions-heart = 예측
train-examine = 시퀀스를 고르면 이 가중치로 자유 실험에서 스텝마다 살펴볼 수 있습니다.
train-sequence = 시퀀스
train-is-right = 맞음
train-is-wrong = 틀림
train-some-right = { $all }개 중 { $right }개
train-show-all = { $count }개 모두 보기
train-show-few = 적게 보기
train-update = 업데이트 { $update }번 자세히
train-update-note = 미니배치의 그레이디언트를 타깃 전체에 대해 평균하고, 클리핑한 뒤, 가중치를 한 번 옮깁니다.
train-norm = 그레이디언트 노름
train-mean = 타깃 전체의 평균
train-clipping = 클리핑 배율
train-step = 이동의 노름 `‖ΔW‖`
train-loss-before = 이동 전 손실
train-loss-predicted = 그레이디언트로 예상한 손실(1차)
train-loss-after = 이동 후 손실(같은 미니배치)
rest-goal = 업데이트 { $update }번 만에 목표 도달: 평가용 예측의 { $percent } %가 맞습니다. 재생하면 계속합니다.
rest-late = 업데이트 { $update }번에서 멈췄습니다. 아직 목표에 도달하지 못했습니다. 재생하면 계속합니다. 다른 시드가 더 나을 수 있습니다.
rest-done = 업데이트 { $update }번에서 멈췄습니다. 재생하면 계속합니다.
rest-no-number = 업데이트 { $update }번부터 손실이 수가 아닙니다. 뒤로 가서 더 작은 학습률을 고르세요.
rest-full = 업데이트 { $update }번에서 멈췄습니다. 더는 저장하지 않습니다.
train-one = 업데이트 한 번
train-back = 업데이트 하나 뒤로
train-first = 초기 가중치로
train-last = 마지막 업데이트로
train-pace = 속도
pace-slow = 천천히
pace-quick = 빠르게
train-place = 업데이트 { $update } / { $end }
train-number = 업데이트
train-running = { $count }개 평균
train-held-out-loss = 평가용 손실

states-title = 은닉 상태가 지나는 길
states-note =
    시퀀스 { $count }개를 `H`의 두 주성분 방향에서 본 것입니다(마지막 업데이트에서 분산의 {
    $first } %와 { $second } %). 사각형은 마지막 스텝이며, 타깃에 따라 파란색이나
    주황색입니다.
states-direction = 방향 { $number }
race-title = 비교하기
race-note =
    훈련마다 지금 설정에서 하나만 바꾸어 처음부터 시작하고, 목표에 도달하거나 업데이트 { $updates }번이 될 때까지 계속합니다. 시드가 같으면
    미니배치도 같습니다.
race-rates = 학습률 세 가지
race-cells = tanh, GRU, LSTM
race-seeds = 시드 20개
race-chart = 훈련마다 평가용 시퀀스의 손실 `L`
race-lines = 업데이트 `0`번에서 { $updates }번까지입니다. 위쪽 선은 무작위 추측의 손실, 아래쪽 선은 손실 `0`, 사각형은 목표 도달입니다.
gaps-button = 간격에 따른 비율
gaps-chart = 간격에 따라 목표에 도달한 시드의 비율
gaps-lines = 간격 `0`에서 토큰 { $gap }개까지입니다. 위쪽 선은 모든 시드, 아래쪽 선은 도달한 시드가 없음을 뜻합니다.
gaps-gap = 간격
gaps-ended = 훈련 { $all }개 중 { $ended }개가 끝났습니다. 순환층의 종류와 간격마다 시드 20개입니다.
race-rate = 학습률 `η = { $rate }`
race-training = 훈련
race-outcome = 결과
race-made = 업데이트 { $count }번
race-reached = 업데이트 { $updates }번 후 목표 도달
race-late = 업데이트 { $updates }번 안에 목표에 도달하지 못함
race-no-number = 업데이트 { $updates }번 후 수가 아님
race-share-now = 지금까지 { $all }개 중 { $reached }개가 목표에 도달했습니다.
race-share-over = { $all }개 중 { $reached }개가 목표에 도달했습니다. 그중 절반은 업데이트 { $median }번 안에 도달했습니다.
race-share-few = { $all }개 중 { $reached }개가 목표에 도달했습니다.
race-share-none = { $all }개 중 목표에 도달한 훈련이 없습니다.
written-title = 신경망이 쓴 글

## 내 시퀀스

own-title = 내 시퀀스 …
own-note =
    한 줄에 시퀀스 하나씩, 시퀀스와 탭과 타깃을 적으세요. 타깃은 0이나 1, 레이블, 또는 0.5 같은
    수입니다. 스텝마다 하나씩 적으려면 공백으로 나누고, 타깃이 없는 스텝에는 -를 적으세요. 탭이 없으면 다음
    토큰이 타깃입니다. 토큰 { $tokens }개까지의 시퀀스를 { $sequences }개까지 쓸 수 있습니다.
    글은 이 페이지에만 있고 링크에는 들어가지 않습니다.
own-example = 영화 는 좋 지 않 다 ⇥ 0
own-lines = 시퀀스와 타깃
own-read-as = 읽는 방법
own-as-lines = 한 줄에 시퀀스 하나
own-as-text = { $tokens }토큰씩 자른 글
own-take = 이것으로 훈련
own-redraw = 다시 나누기
own-in-both =
    평가용 시퀀스 중 { $count }개는 훈련용에도 있습니다. 처음 보는 시퀀스를 어떻게 예측하는지는 이것으로
    알 수 없습니다.
own-left-out = { $count }줄은 뺐습니다.
own-none = 읽을 수 있는 시퀀스가 없습니다.
line-of = { $line }행: { $problem }
line-no-tab = 시퀀스와 타깃 사이에 탭이 없습니다.
line-tabs = 탭이 두 개 이상입니다. 타깃 앞의 하나만 남기세요.
line-tab-for-next = 탭이 있습니다. 다음 토큰을 예측할 때는 탭을 쓰지 않습니다.
line-no-target = 타깃이 있는 스텝이 없습니다.
line-not-binary = 타깃 ‘{ $found }’ 자리에는 0이나 1을 적어야 합니다.
line-not-a-number =
    타깃 ‘{ $found }’: 수가 아닙니다. 0.5처럼, 여러 개는 0.5,1처럼 적으세요.
line-target-count =
    스텝은 { $expected }개인데 타깃은 { $found }개입니다. 하나만 적거나 스텝마다 하나씩
    적으세요.
line-target-length = 타깃의 수가 { $found }개입니다. 앞의 타깃은 { $expected }개입니다.
line-no-such-output = 출력 { $found }번은 없습니다. 마지막은 { $last }번입니다.
line-width = 스텝의 수가 { $found }개입니다. 앞의 스텝은 { $expected }개입니다.
line-many-tokens = 서로 다른 토큰이 { $most }개를 넘습니다.
line-many-targets = 서로 다른 타깃이 { $most }개를 넘습니다.
line-one-target = 타깃이 모두 ‘{ $label }’입니다. 적어도 두 가지가 있어야 합니다.
line-too-many = 시퀀스가 { $most }개를 넘습니다. 여기부터는 뺐습니다.

## 시퀀스 모음

set-opinions-en = Not good (영어)
set-opinions-en-note = 영어 영화 평: “not”이 뒤의 단어를 뒤집습니다. 평가용 문장은 같은 규칙을 따르지만 훈련에는 쓰지 않습니다.
set-opinions-en-ask = 같은 단어를 다른 순서로 쓰고 타깃이 반대인 문장들이 있습니다. 최고의 BoW 모델은 몇 퍼센트나 맞힐까요?
set-opinions-ko = 좋지 않다
set-opinions-ko-note =
    형태소로 나눈 영화 평: ‘지 않’이 앞의 단어를 뒤집습니다. 평가용 문장은 같은 규칙을 따르지만 훈련에는
    쓰지 않습니다.
set-opinions-ko-ask = 예측은 어디에서 뒤집힐까요? 평가하는 단어일까요, 그다음일까요?
set-syllables = ba dii guuu
set-syllables-note = 세 음절을 무작위로 늘어놓은 글자열입니다. 자음을 보면 모음과 그 개수를 알 수 있지만, 다음 자음은 알 수 없습니다.
set-syllables-ask = 손실은 어디까지 줄어들까요? 하한은 0일까요, 0보다 클까요?
set-hello = 외우기: hello
set-hello-note = 한 단어를 반복해서 글자 단위로 예측합니다. `l` 다음은 `l`이거나 `o`이며, 은닉 상태로만 구별할 수 있습니다.
set-hello-ask = 업데이트가 몇 번 필요할까요?
set-rhyme-en = 외우기: 영어 동시
set-rhyme-en-note = 영어 동시를 글자 단위로 외웁니다. 평가용으로 떼어 놓은 것은 없습니다.
set-rhyme-en-ask = 업데이트 40번 뒤에는 무엇을 쓸까요? 글자일까요, 음절일까요, 단어일까요?
set-rhyme-ko = 외우기: 동시
set-rhyme-ko-note = 동시를 음절 단위로 외웁니다. 평가용으로 떼어 놓은 것은 없습니다.
set-rhyme-ko-ask = 업데이트 40번 뒤에는 무엇을 쓸까요?
set-parity = 홀수일까 짝수일까
set-parity-note = 1의 개수가 홀수일까요? 타깃은 마지막 스텝에만 있습니다. 이 설정으로 목표에 도달하는 시드도 있고 그렇지 못한 시드도 있습니다.
set-parity-ask = 지금 시드는 목표에 도달할까요?
set-parity-every-step = 홀수일까 짝수일까, 스텝마다
set-parity-every-step-note = 같은 문자열이지만 스텝마다 타깃이 있습니다. 지금까지 나온 1의 개수가 홀수일까요?
set-parity-every-step-ask = 마지막에만 타깃이 있을 때보다 업데이트가 더 필요할까요, 덜 필요할까요?
set-which-first = 무엇이 먼저 나왔을까
set-which-first-note =
    다른 글자들 사이 어딘가에 `X`와 `Y`가 있습니다. 무엇이 먼저 나올까요? 1로 클리핑할 때와 클리핑하지 않을
    때를 비교해 보세요.
set-which-first-ask = 그레이디언트 노름은 최대 얼마까지 커질까요?
set-first = 긴 기다림
set-first-note = 타깃은 첫 토큰이고 그 뒤로 다른 글자가 이어집니다. 경사 하강법에서는 그레이디언트가 간격 전체를 거슬러 전파되어야 합니다.
set-first-ask = 간격이 길어지면 무엇이 먼저 실패할까요? tanh일까요, GRU일까요, LSTM일까요?
set-order = `X` 다음에 `Y`
set-order-note =
    다른 글자들 사이에 표시 두 개가 있고, 클래스는 XX, XY, YX, YY 넷입니다. LSTM을 처음
    소개한 과제(Hochreiter와 Schmidhuber 1997)를 줄인 것입니다.
set-order-ask = 업데이트 600번 안에 목표에 도달하는 것은 tanh, GRU, LSTM 중 무엇일까요?
set-counting = 세기
set-counting-note = `a`가 몇 개 나온 뒤 `b`가 같은 수만큼 나옵니다. 첫 `b`가 나온 다음부터는 개수를 센 쪽은 모두 맞힐 수 있습니다.
set-counting-ask = 다섯 번째 `a` 다음에 LSTM의 셀 상태 `C`는 얼마일까요?
set-own-en = 너무 적은 문장 (영어)
set-own-en-note = 한두 단어만 다르고 타깃이 반대인 문장 쌍으로 이루어진 영어 문장 46개입니다. 일부는 평가용입니다.
set-own-en-ask = 훈련 손실은 줄어듭니다. 평가용 정확도도 올라갈까요?
set-own-ko = 너무 적은 문장
set-own-ko-note = 한두 단어만 다르고 타깃이 반대인 문장 쌍으로 이루어진 문장 48개입니다. 일부는 평가용입니다.
set-own-ko-ask = 훈련 손실은 줄어듭니다. 평가용 정확도도 올라갈까요?
set-temporal-xor = 시간 위의 XOR
set-temporal-xor-note = 세 번째마다 나오는 비트는 앞의 두 비트의 배타적 논리합이고, 나머지는 무작위입니다(Elman 1990).
set-temporal-xor-ask = 세 비트 중 예측할 수 있는 것은 무엇이고, 하한은 어디일까요?
set-brackets = 괄호
set-brackets-note = 모든 괄호가 닫혔을까요? 절반의 문자열에서는 괄호 하나가 뒤집혀 있습니다.
set-brackets-ask = 훈련에 나온 것보다 긴 문자열도 판단할 수 있을까요?
set-sentences = 누가 무엇을 먹을까 (영어)
set-sentences-note = 간단한 문법으로 만든 영어 문장을 마침표 없이 이어 놓았습니다. 다음 단어를 예측합니다.
set-sentences-ask = 평가용 손실은 계속 줄어들기만 할까요?
set-reber = 이중 레버 문법
set-reber-note = 두 번째 글자가 끝에서 두 번째에 다시 나오고, 그 사이에는 레버 문법의 문자열이 있습니다.
set-reber-ask = 손실은 고르게 줄어들까요, 계단처럼 줄어들까요?
